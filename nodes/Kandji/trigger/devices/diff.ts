import type { TriggerEvent } from '../events';
import type { Row } from '../row';
import type { TimedEvent } from './compare';
import { eventsOf, initialEvents, removalEvents } from './compare';
import { hasFlag, isInactive, isReportedInactive } from './detectors';
import type { DeviceSettings } from './deviceSettings';
import { columnsFor } from './deviceSettings';
import type { Column, DeviceRecord, Fleet } from './record';
import { deviceId, flag, recordOf, serialOfRow, tick } from './record';

/** One device of a sweep, with its events. */
interface Observation {
	/** Undefined for a device that was not known. */
	before?: DeviceRecord;
	/** Undefined for a device that is no longer in the list. */
	now?: DeviceRecord;
	events: TimedEvent[];
}

const oldest = ({ events }: Observation): number =>
	events.reduce((first, { time }) => Math.min(first, time), Infinity);

const isRemoval = ({ event }: TimedEvent): boolean => event.event === 'deviceRemoved';

/** The managed device that has a serial number. */
interface Holder {
	id: string;
	enrolledAt: number;
}

/**
 * Compares the devices of one sweep with those of the last. The first sweep is a baseline: it emits nothing, or the
 * existing devices if asked to.
 */
export class FleetDiff {
	private observations = new Map<string, Observation>();

	/** The managed devices of this sweep by serial number, as far as Device Removed needs them. */
	private holders = new Map<string, Holder>();

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
		this.holders.clear();
	}

	/** Adds one device as it is at `time` (ms, the server's). */
	add(id: string, row: Row, time: number): void {
		const { settings, pollId } = this;
		const { events: chosen, watchedFields, startsToMatch } = settings;
		const now = recordOf(id, row, this.columns, settings.matches(row));
		const before = this.before?.get(id);
		if (chosen.has('deviceNotSeen') && isInactive(row, settings.days, time)) {
			// A device that does not pass the filters is reported once it does.
			const isToReport = startsToMatch && !hasFlag(now, 'matches');
			if (!isToReport || isReportedInactive(before, now)) now.flags |= flag.inactive;
		}
		if (chosen.has('deviceRemoved')) this.addHolder(id, row);
		const comparison = { before, now, row, time, pollId, watchedFields, startsToMatch };
		if (this.before === undefined) {
			const events = initialEvents(settings, comparison);
			if (events.length > 0) now.flags |= flag.initialEventPending;
			this.observations.set(id, { now, events });
		} else {
			this.observations.set(id, { before, now, events: eventsOf(settings, comparison) });
		}
	}

	private addHolder(id: string, row: Row): void {
		const serial = serialOfRow(row);
		const enrolledAt = tick(row.last_enrollment);
		const known = this.holders.get(serial);
		if (serial === '' || row.is_removed === true || (known && known.enrolledAt > enrolledAt))
			return;
		this.holders.set(serial, { id, enrolledAt });
	}

	/**
	 * The observation of a removed device whose serial number another device has now: it says which, and comes before
	 * the events of that device.
	 */
	private withReplacement(observation: Observation): Observation {
		const removal = observation.events.find(isRemoval);
		const holder = removal && this.holders.get(serialOfRow(removal.event.record));
		if (holder === undefined) return observation;
		const replacement = this.observations.get(holder.id);
		const first = replacement ? oldest(replacement) : Infinity;
		const events = observation.events.map((timed) =>
			timed === removal
				? {
						time: Math.min(timed.time, first),
						event: { ...timed.event, details: { replaced_by: deviceId(holder.id) } },
					}
				: timed,
		);
		return { ...observation, events };
	}

	/** How many devices the last sweep found. */
	get knownCount(): number {
		return this.before?.size ?? 0;
	}

	/** The devices of the last sweep that were not added in this one. */
	missing(): string[] {
		return [...(this.before?.keys() ?? [])].filter((id) => !this.observations.has(id));
	}

	/** The serial number that was stored of a device of the last sweep, as serial numbers are compared; '' if there is none. */
	serialNumberOf(id: string): string {
		return serialOfRow(this.before?.get(id)?.values ?? {});
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
		const waiting = new Set<Observation>();
		for (const id of this.missing()) {
			const before = this.before!.get(id)!;
			if (isGone(id)) {
				const events = removalEvents(this.settings, before, this.pollId);
				this.observations.set(id, { before, events });
			} else {
				fleet.set(id, before);
				// If this device turns out to be removed, the one that has its serial number must not come before it.
				const holder = this.holders.get(serialOfRow(before.values));
				const replacement = holder && this.observations.get(holder.id);
				if (replacement && replacement.before === undefined) waiting.add(replacement);
			}
		}
		for (const [id, observation] of this.observations) {
			if (observation.events.some(isRemoval)) {
				this.observations.set(id, this.withReplacement(observation));
			}
		}
		const eventful = [...this.observations.values()].filter(({ events }) => events.length > 0);
		const removesFirst = ({ events }: Observation): number => (events.some(isRemoval) ? 0 : 1);
		eventful.sort((a, b) => oldest(a) - oldest(b) || removesFirst(a) - removesFirst(b));
		const emitted: TriggerEvent[] = [];
		for (const observation of eventful) {
			if (waiting.has(observation)) continue;
			if (emitted.length >= limit) waiting.add(observation);
			else for (const { event } of observation.events) emitted.push(event);
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
