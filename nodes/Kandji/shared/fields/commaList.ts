/** The entries of a list, given as an array or as comma-separated text. Blank entries are dropped. */
export const entriesOf = (value: unknown): string[] =>
	(Array.isArray(value) ? value.map(String) : String(value ?? '').split(','))
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');

/** `routing.send.value` of a field with several entries that the API takes as comma-separated text. */
export const asCommaList =
	'={{ [$value].flat().join(",").split(",").map((entry) => entry.trim()).filter((entry) => entry).join(",") }}';
