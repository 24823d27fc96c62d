import type { Row, TriggerEvent } from '../events';
import type { TimedEvent } from './compare';
import { existing, happened, isSilent, vanished } from './compare';
import type { Column, DeviceRecord, Fleet } from './record';
import { flag, recordOf } from './record';
import type { DeviceWish } from './wish';
import { columnsFor } from './wish';

/** A device with what happened to it. */
interface Sighting {
	/** Undefined when the device is new. */
	before?: DeviceRecord;
	/** Undefined when the device is gone. */
	now?: DeviceRecord;
	events: TimedEvent[];
}

const oldest = ({ events }: Sighting): number => Math.min(...events.map(({ time }) => time));

/**
 * Compares the devices of one sweep with those of the last. Without a last one it is a baseline: nothing has
 * happened, but the devices that are there may be emitted.
 */
export class FleetWatch {
	private sightings = new Map<string, Sighting>();

	private readonly columns: Column[];

	/** @param mark tells this poll's events from those of others, and is the same when the poll is repeated */
	constructor(
		private readonly before: Fleet | undefined,
		private readonly wish: DeviceWish,
		private readonly mark: string,
	) {
		this.columns = columnsFor(wish);
	}

	/** The sweep begins anew. */
	restart(): void {
		this.sightings.clear();
	}

	/** Takes in one device as it is at `time` (ms, the server's). */
	see(id: string, row: Row, time: number): void {
		const { wish, mark } = this;
		const now = recordOf(id, row, this.columns, wish.matches(row));
		if (wish.events.has('deviceNotSeen') && isSilent(wish, row, time)) now.flags |= flag.silent;
		const before = this.before?.get(id);
		const stay = { before, now, row, time, mark };
		if (this.before === undefined) {
			const events = wish.emitExisting && wish.events.has('deviceEnrolled') ? existing(stay) : [];
			if (events.length > 0) now.flags |= flag.owed;
			this.sightings.set(id, { now, events });
		} else {
			this.sightings.set(id, { before, now, events: happened(wish, stay) });
		}
	}

	/** The devices of the last sweep that were not seen in this one. */
	missing(): string[] {
		return [...(this.before?.keys() ?? [])].filter((id) => !this.sightings.has(id));
	}

	/**
	 * Ends the sweep.
	 *
	 * @param isGone whether a device that was not seen is gone for certain
	 * @param limit about how many events are emitted now; the next poll finds the rest again
	 * @returns what happened, the oldest first, and what to compare the next sweep with
	 */
	finish(isGone: (id: string) => boolean, limit: number): { fleet: Fleet; events: TriggerEvent[] } {
		const fleet: Fleet = new Map();
		for (const id of this.missing()) {
			const before = this.before!.get(id)!;
			if (isGone(id)) {
				this.sightings.set(id, { before, events: vanished(this.wish, before, this.mark) });
			} else {
				fleet.set(id, before);
			}
		}
		const eventful = [...this.sightings.values()].filter(({ events }) => events.length > 0);
		eventful.sort((a, b) => oldest(a) - oldest(b));
		const emitted: TriggerEvent[] = [];
		const waiting = new Set<Sighting>();
		for (const sighting of eventful) {
			if (emitted.length >= limit) waiting.add(sighting);
			else emitted.push(...sighting.events.map(({ event }) => event));
		}
		for (const [id, sighting] of this.sightings) {
			const record = waiting.has(sighting) ? this.unseen(sighting) : settled(sighting.now);
			if (record !== undefined) fleet.set(id, record);
		}
		return { fleet, events: emitted };
	}

	/** What is remembered of a device whose events wait: what was known before this sweep. */
	private unseen({ before, now }: Sighting): DeviceRecord | undefined {
		return this.before === undefined ? now : before;
	}
}

const settled = (record: DeviceRecord | undefined): DeviceRecord | undefined =>
	record && { ...record, flags: record.flags & ~flag.owed };
