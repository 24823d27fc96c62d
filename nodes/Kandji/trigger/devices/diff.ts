import type { Row, TriggerEvent } from '../events';
import type { TimedEvent } from './detectors';
import { initialEvents, eventsOf, isSilent, removalEvents } from './detectors';
import type { Column, DeviceRecord, Fleet } from './record';
import { flag, recordOf } from './record';
import type { DeviceSettings } from './deviceSettings';
import { columnsFor } from './deviceSettings';

/** A device with what happened to it. */
interface Observation {
	/** Undefined when the device is new. */
	before?: DeviceRecord;
	/** Undefined when the device is gone. */
	now?: DeviceRecord;
	events: TimedEvent[];
}

const oldest = ({ events }: Observation): number => Math.min(...events.map(({ time }) => time));

/**
 * Compares the devices of one sweep with those of the last. Without a last one it is a baseline: nothing has
 * happened, but the devices that are there may be emitted.
 */
export class FleetDiff {
	private observations = new Map<string, Observation>();

	private readonly columns: Column[];

	/** @param pollId tells this poll's events from those of others, and is the same when the poll is repeated */
	constructor(
		private readonly before: Fleet | undefined,
		private readonly settings: DeviceSettings,
		private readonly pollId: string,
	) {
		this.columns = columnsFor(settings);
	}

	/** The sweep begins anew. */
	restart(): void {
		this.observations.clear();
	}

	/** Takes in one device as it is at `time` (ms, the server's). */
	add(id: string, row: Row, time: number): void {
		const { settings, pollId } = this;
		const now = recordOf(id, row, this.columns, settings.matches(row));
		if (settings.events.has('deviceNotSeen') && isSilent(settings, row, time))
			now.flags |= flag.silent;
		const before = this.before?.get(id);
		const comparison = { before, now, row, time, pollId };
		if (this.before === undefined) {
			const events =
				settings.emitExisting && settings.events.has('deviceEnrolled')
					? initialEvents(comparison)
					: [];
			if (events.length > 0) now.flags |= flag.initialEventPending;
			this.observations.set(id, { now, events });
		} else {
			this.observations.set(id, { before, now, events: eventsOf(settings, comparison) });
		}
	}

	/** The devices of the last sweep that were not seen in this one. */
	missing(): string[] {
		return [...(this.before?.keys() ?? [])].filter((id) => !this.observations.has(id));
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
				this.observations.set(id, {
					before,
					events: removalEvents(this.settings, before, this.pollId),
				});
			} else {
				fleet.set(id, before);
			}
		}
		const eventful = [...this.observations.values()].filter(({ events }) => events.length > 0);
		eventful.sort((a, b) => oldest(a) - oldest(b));
		const emitted: TriggerEvent[] = [];
		const waiting = new Set<Observation>();
		for (const observation of eventful) {
			if (emitted.length >= limit) waiting.add(observation);
			else emitted.push(...observation.events.map(({ event }) => event));
		}
		for (const [id, observation] of this.observations) {
			const record = waiting.has(observation)
				? this.previousRecord(observation)
				: settled(observation.now);
			if (record !== undefined) fleet.set(id, record);
		}
		return { fleet, events: emitted };
	}

	/** What is remembered of a device whose events wait: what was known before this sweep. */
	private previousRecord({ before, now }: Observation): DeviceRecord | undefined {
		return this.before === undefined ? now : before;
	}
}

const settled = (record: DeviceRecord | undefined): DeviceRecord | undefined =>
	record && { ...record, flags: record.flags & ~flag.initialEventPending };
