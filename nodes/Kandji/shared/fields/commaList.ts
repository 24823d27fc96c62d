/** The entries of a list, given as an array or as comma-separated text. Blank entries are dropped. */
export const entriesOf = (value: unknown): string[] =>
	(Array.isArray(value) ? value.map(String) : String(value ?? '').split(','))
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
