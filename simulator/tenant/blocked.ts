const intervalMs = 10;

/** How late the timer may be without a reason to think that the process was busy. */
const usualMs = 5;

/**
 * How long after a block what had arrived meanwhile may still be taken: a new connection takes several turns of the event
 * loop, each of which is long when many wait.
 */
const settlesMs = 100;

/** Notices when this process was too busy to take what had arrived, as on a machine that runs much else. */
export class BlockedWatch {
	private tickedAt = performance.now();
	private blocked = { from: -Infinity, until: -Infinity };
	private readonly timer = setInterval(() => this.tick(), intervalMs);

	constructor() {
		this.timer.unref();
	}

	/** How many milliseconds what is taken now may have waited before. */
	waitedMs(): number {
		const now = this.look();
		return now - this.blocked.until <= settlesMs ? now - this.blocked.from : 0;
	}

	stop(): void {
		clearInterval(this.timer);
	}

	private tick(): void {
		this.tickedAt = this.look();
	}

	/** Notes whether the process was busy since the last tick. One block soon after another is the same. */
	private look(): number {
		const now = performance.now();
		if (now - this.tickedAt > intervalMs + usualMs) {
			const isSame = this.tickedAt - this.blocked.until <= settlesMs;
			this.blocked = { from: isSame ? this.blocked.from : this.tickedAt, until: now };
		}
		return now;
	}
}
