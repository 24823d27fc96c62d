/** A span of fake time, in ms, in which the process does nothing. */
export interface Blocked {
	from: number;
	to: number;
}

/** A clock that only moves when everything waits for it: seconds pass in milliseconds, always in the same way. */
export class FakeClock {
	private time = 0;

	private timers: Array<{ at: number; wake: () => void }> = [];

	constructor(private readonly blocked: Blocked[] = []) {}

	readonly now = (): number => this.time;

	readonly wait = async (ms: number): Promise<void> =>
		await new Promise((wake) =>
			this.timers.push({ at: this.after(this.time + Math.max(0, ms)), wake }),
		);

	/** When something of the process happens that is due at `at`: later while the process is blocked. */
	after(at: number): number {
		return this.blocked.find(({ from, to }) => at >= from && at < to)?.to ?? at;
	}

	/** Lets time pass until `work` is done, and returns its result. */
	async run<T>(work: Promise<T>): Promise<T> {
		let isDone = false;
		const settle = () => (isDone = true);
		work.then(settle, settle);
		for (;;) {
			await new Promise(setImmediate);
			if (isDone) return await work;
			const next = this.timers.reduce((first, timer) => (timer.at < first.at ? timer : first));
			this.timers.splice(this.timers.indexOf(next), 1);
			this.time = Math.max(this.time, next.at);
			next.wake();
		}
	}
}
