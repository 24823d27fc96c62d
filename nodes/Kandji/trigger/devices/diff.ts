import type { TriggerEvent } from '../events';
import type { Row } from '../row';
import type { TimedEvent } from './compare';
import { eventsOf, initialEvents, removalEvents } from './compare';
import { isInactive } from './detectors';
import type { DeviceSettings } from './deviceSettings';
import { columnsFor } from './deviceSettings';
import type { Column, DeviceRecord, Fleet } from './record';
import { flag, recordOf } from './record';

/** One device of a sweep, with its events. */
interface Observation {
	/** Undefined for a device that was not known. */
	before?: DeviceRecord;
	/** Undefined for a device that is no longer in the list. */
	now?: DeviceRecord;
	events: TimedEvent[];
}

const oldest = ({ events }: Observation): number => Math.min(...events.map(({ time }) => time));

/**
 * Compares the devices of one sweep with those of the last. The first sweep is a baseline: it emits nothing, or the
 * existing devices if asked to.
 */
export class FleetDiff {
	private observations = new Map<string, Observation>();

	private readonly columns: Column[];

	/**
	 * @param before the devices of the last sweep; undefined for a baseline
	 * @param pollId identifies the poll in event ids; the same when the poll is repeated
	 */
	constructor(
		private readonly before: Fleet | undefined,
		private readonly settings: DeviceSettings,
		private readonly pollId: string,
	) {
		this.columns = columnsFor(settings);
	}

	/** Forgets the devices that were added: the sweep starts again. */
	restart(): void {
		this.observations.clear();
	}

	/** Adds one device as it is at `time` (ms, the server's). */
	add(id: string, row: Row, time: number): void {
		const { settings, pollId } = this;
		const { watchedFields } = settings;
		const now = recordOf(id, row, this.columns, settings.matches(row));
		if (settings.events.has('deviceNotSeen') && isInactive(row, settings.days, time)) {
			now.flags |= flag.inactive;
		}
		const before = this.before?.get(id);
		const comparison = { before, now, row, time, pollId, watchedFields };
		if (this.before === undefined) {
			const events = initialEvents(settings, comparison);
			if (events.length > 0) now.flags |= flag.initialEventPending;
			this.observations.set(id, { now, events });
		} else {
			this.observations.set(id, { before, now, events: eventsOf(settings, comparison) });
		}
	}

	/** The devices of the last sweep that were not added in this one. */
	missing(): string[] {
		return [...(this.before?.keys() ?? [])].filter((id) => !this.observations.has(id));
	}

	/**
	 * Ends the sweep.
	 *
	 * @param isGone whether a missing device is certainly gone
	 * @param limit about how many events are emitted now; the next poll finds the others again
	 * @returns the events, the oldest first, and the devices to compare the next sweep with
	 */
	finish(isGone: (id: string) => boolean, limit: number): { fleet: Fleet; events: TriggerEvent[] } {
		const fleet: Fleet = new Map();
		for (const id of this.missing()) {
			const before = this.before!.get(id)!;
			if (isGone(id)) {
				const events = removalEvents(this.settings, before, this.pollId);
				this.observations.set(id, { before, events });
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
				: withoutPendingEvent(observation.now);
			if (record !== undefined) fleet.set(id, record);
		}
		return { fleet, events: emitted };
	}

	/** What is stored of a device whose events wait: its record before this sweep, so that they are found again. */
	private previousRecord({ before, now }: Observation): DeviceRecord | undefined {
		return this.before === undefined ? now : before;
	}
}

const withoutPendingEvent = (record: DeviceRecord | undefined): DeviceRecord | undefined =>
	record && { ...record, flags: record.flags & ~flag.initialEventPending };
