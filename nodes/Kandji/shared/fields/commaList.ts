/** The entries of a list, which is an array or a text with commas; blank ones are left out. */
export const entriesOf = (value: unknown): string[] =>
	[value]
		.flat()
		.join(',')
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');

/** `routing.send.value` of a field with several entries that the API takes as one text with commas. */
export const asCommaList =
	'={{ [$value].flat().join(",").split(",").map((entry) => entry.trim()).filter((entry) => entry).join(",") }}';
