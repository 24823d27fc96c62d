/** Sizes in characters that are compared, and the time in ms for the larger one that needs no comparison. */
const sizes = { small: 4_000, large: 64_000 };
const negligibleMs = 50;

/** The processor's time that the work took, so that other processes do not count. */
function timeOf(work: () => unknown): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** The least time of several runs: in any of them the process may also compile code or collect garbage. */
const leastTimeOf = (work: () => unknown): number => Math.min(...[1, 2, 3].map(() => timeOf(work)));

/**
 * Checks that work takes time in proportion to the length of a text. For sixteen times the text, linear work takes
 * about 16 times as long and quadratic work 256 times.
 *
 * @throws when it takes more than 80 times as long, and a time that can be measured
 */
export function expectLinear(
	work: (text: string) => unknown,
	textOf: (length: number) => string,
): void {
	const small = textOf(sizes.small);
	const large = textOf(sizes.large);
	if (timeOf(() => work(large)) < negligibleMs) return;
	const times = leastTimeOf(() => work(large)) / leastTimeOf(() => work(small));
	if (times > 80) throw new Error(`${times.toFixed()} times as long for 16 times the text`);
}
