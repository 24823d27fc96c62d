/**
 * How much somebody needs a request, most urgent first: a write and the reads that it needs first; somebody who is
 * looking at a picker, a trigger's poll, or a look whether a device has run its command; one read; one page of a list.
 */
export const urgencies = ['write', 'poll', 'read', 'page'] as const;

export type Urgency = (typeof urgencies)[number];

/** Requests of a kind that leave while all kinds wait, in proportion: none ever waits for all of another. */
const weights: Record<Urgency, number> = { write: 8, poll: 4, read: 2, page: 1 };

/** What waits, by whom it is for: first in, first out for each, and the owners take turns. */
interface Lane<T> {
	byOwner: Map<object, Set<T>>;
	/** Advances by 1 / weight with each entry taken; the lane with the lowest pass is next. */
	pass: number;
}

/**
 * A queue that is fair twice: lanes of different urgency share what leaves by their weights, and within a lane the
 * owners take turns, however much each of them has queued. A lane that was empty starts where the others are, so that
 * it neither catches up nor waits.
 */
export class FairQueue<T> {
	private readonly lanes = Object.fromEntries(
		urgencies.map((urgency) => [urgency, { byOwner: new Map(), pass: 0 }]),
	) as Record<Urgency, Lane<T>>;

	/** The pass of the entry taken last. */
	private pass = 0;

	/** @param owner whose entry it is: one run of a node, one call of a picker, one poll */
	add(urgency: Urgency, owner: object, entry: T): void {
		const lane = this.lanes[urgency];
		if (lane.byOwner.size === 0) lane.pass = Math.max(lane.pass, this.pass);
		const entries = lane.byOwner.get(owner) ?? new Set();
		lane.byOwner.set(owner, entries.add(entry));
	}

	/** Takes an entry out that is no longer wanted. */
	remove(urgency: Urgency, owner: object, entry: T): void {
		const { byOwner } = this.lanes[urgency];
		const entries = byOwner.get(owner);
		entries?.delete(entry);
		if (entries?.size === 0) byOwner.delete(owner);
	}

	get isEmpty(): boolean {
		return urgencies.every((urgency) => this.lanes[urgency].byOwner.size === 0);
	}

	/**
	 * Takes the next entry.
	 *
	 * @param mayLeave whether an entry of this urgency could leave now; the others are passed over
	 * @returns undefined when none waits that may leave
	 */
	take(mayLeave: (urgency: Urgency) => boolean): T | undefined {
		const [next] = urgencies
			.filter((urgency) => this.lanes[urgency].byOwner.size > 0 && mayLeave(urgency))
			.sort((one, other) => this.lanes[one].pass - this.lanes[other].pass);
		if (next === undefined) return undefined;
		const lane = this.lanes[next];
		const [owner, entries] = lane.byOwner.entries().next().value!;
		const entry = entries.values().next().value!;
		lane.byOwner.delete(owner);
		entries.delete(entry);
		if (entries.size > 0) lane.byOwner.set(owner, entries);
		this.pass = Math.max(this.pass, lane.pass);
		lane.pass = this.pass + 1 / weights[next];
		return entry;
	}

	/** Takes everything out. */
	*drain(): Generator<T, void> {
		for (let entry = this.take(() => true); entry !== undefined; entry = this.take(() => true)) {
			yield entry;
		}
	}
}
