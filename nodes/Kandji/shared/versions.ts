/** The numbers in a text, as digits without leading zeros, since a build can be too long for a number. */
const numbersOf = (text: string): string[] =>
	(text.match(/\d+/g) ?? []).map((digits) => digits.replace(/^0+(?=\d)/, ''));

function compareNumbers(left: string[], right: string[]): number {
	for (let index = 0; index < Math.max(left.length, right.length); index++) {
		const one = left[index] ?? '0';
		const other = right[index] ?? '0';
		if (one.length !== other.length) return one.length - other.length;
		if (one !== other) return one < other ? -1 : 1;
	}
	return 0;
}

/** A version's own numbers, and those of the build that may follow: "4.5.9 (5160)". */
function partsOf(version: string): { main: string[]; build: string[] } {
	const [main = '', ...build] = version.replace(/^\D+/, '').split(/[\s(]+/);
	return { main: numbersOf(main), build: numbersOf(build.join(' ')) };
}

/**
 * Whether a version is at least `minimum`. Numbers are compared, missing ones are 0, and letters only separate: 24H2
 * is above 23H2. A build in parentheses counts where `minimum` has one too.
 *
 * @returns undefined if one of the two has no number
 */
export function isVersionAtLeast(version: string, minimum: string): boolean | undefined {
	const actual = partsOf(version);
	const wanted = partsOf(minimum);
	if (actual.main.length === 0 || wanted.main.length === 0) return undefined;
	const order = compareNumbers(actual.main, wanted.main);
	if (order !== 0) return order > 0;
	return wanted.build.length === 0 || compareNumbers(actual.build, wanted.build) >= 0;
}
