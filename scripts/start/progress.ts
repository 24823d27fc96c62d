const WIDTH = 24;

/** A terminal shows one bar that grows; a log gets a line for every quarter of it. */
const CELLS_PER_LOG_LINE = 6;

/** What a step is counted in; one whose parts cannot be counted is timed. */
type Unit = 'examples' | 'files' | 's';

type Report = (text: string) => void;

/** Draws how far a step is. */
export type Bar = (done: number, total: number, unit: Unit) => void;

/** `████████████░░░░░░░░░░░░ 12 of 24 examples`; full when there is more than was expected. */
export function barText(done: number, total: number, unit: Unit): string {
	const filled = Math.floor(WIDTH * Math.min(done / total, 1));
	const of = unit === 'examples' ? 'of' : 'of about';
	const numbers = `${done.toLocaleString('en')} ${of} ${total.toLocaleString('en')} ${unit}`;
	return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${numbers}`;
}

/** @param report gets the bar's text whenever there is something new to show */
export function barFor(report: Report, isTerminal: boolean): Bar {
	let shown = -1;
	return (done, total, unit) => {
		const text = barText(done, total, unit);
		const part = Math.floor((text.lastIndexOf('█') + 1) / CELLS_PER_LOG_LINE);
		if (!isTerminal && part === shown) return;
		shown = part;
		report(text);
	};
}

/** Runs a step whose parts cannot be counted, with its seconds beside those that it usually takes. */
export async function timed<T>(bar: Bar, usual: number, step: () => Promise<T>): Promise<T> {
	const started = Date.now();
	const show = () => bar(Math.round((Date.now() - started) / 1000), usual, 's');
	const timer = setInterval(show, 1000);
	try {
		return await step();
	} finally {
		clearInterval(timer);
	}
}
