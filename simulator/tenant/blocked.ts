const intervalMs = 10;

/** Notices when this process was too busy to take what had arrived, as on a machine that runs much else. */
export class BlockedWatch {
	private tickedAt = performance.now();
	private late = 0;
	private readonly timer = setInterval(() => this.tick(), intervalMs);

	constructor() {
		this.timer.unref();
	}

	/** How many milliseconds what is taken now may have waited before. */
	waitedMs(): number {
		const sinceTick = performance.now() - this.tickedAt;
		// Timers run before arrivals are taken: those of the same turn waited as long as the last one was late.
		return Math.max(this.late, sinceTick - intervalMs, 0);
	}

	stop(): void {
		clearInterval(this.timer);
	}

	private tick(): void {
		const now = performance.now();
		this.late = now - this.tickedAt - intervalMs;
		this.tickedAt = now;
	}
}
