import type { TriggerEvent } from '../events';
import type { Row } from '../row';
import type { TimedEvent } from './compare';
import { eventsOf, initialEvents, removalEvents, replacementEvent } from './compare';
import { enrollmentOf, isInactive, isReportedInactive } from './detectors';
import type { DeviceSettings } from './deviceSettings';
import { columnsFor } from './deviceSettings';
import type { Column, DeviceRecord, Fleet } from './record';
import { deviceId, flag, hasFlag, recordOf, serialOfRow } from './record';
import { SerialNumbers } from './serials';

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

const isRemovalEvent = ({ event }: TriggerEvent): boolean => event === 'deviceRemoved';

const isRemoval = ({ event }: TimedEvent): boolean => isRemovalEvent(event);

const isEnrollment = ({ event }: TimedEvent): boolean => event.event === 'deviceEnrolled';

/** Where an observation stands among those of the same time: what only goes, what comes and goes, everything else. */
const rankOf = ({ events }: Observation): number => {
	if (!events.some(isRemoval)) return 2;
	return events.some(isEnrollment) ? 1 : 0;
};

/** Most devices that one poll may find gone, or find that should have been known, without a doubt about the list. */
export const believableCount = (known: number): number => Math.max(2, known / 10);

/** How a sweep ended. */
export interface SweepResult {
	/** The devices to compare the next sweep with. */
	fleet: Fleet;
	/** The oldest first. */
	events: TriggerEvent[];
	/** How many devices were not known although they existed at the baseline; they have no events. */
	lateExisting: number;
}

/**
 * Compares the devices of one sweep with those of the last. The first sweep is a baseline: it emits nothing, or the
 * existing devices if asked to.
 */
export class FleetDiff {
	private observations = new Map<string, Observation>();

	/** The managed devices of this sweep by serial number, as far as Device Removed needs them. */
	private readonly serials = new SerialNumbers();

	/** The devices that were not known and enrolled before the baseline. */
	private readonly late = new Set<string>();

	private readonly columns: Column[];

	/**
	 * @param before the devices of the last sweep; undefined for a baseline
	 * @param pollId identifies the poll in event ids; the same when the poll is repeated
	 * @param baselineAt the server's time in ms of the baseline, when devices that enrolled before it were listed then
	 */
	constructor(
		private readonly before: Fleet | undefined,
		private readonly settings: DeviceSettings,
		private readonly pollId: string,
		private readonly baselineAt = 0,
	) {
		this.columns = columnsFor(settings);
	}

	/** Forgets the devices that were added: the sweep starts again. */
	restart(): void {
		this.observations.clear();
		this.serials.clear();
		this.late.clear();
	}

	/** Adds one device as it is at `time` (ms, the server's). */
	add(id: string, row: Row, time: number): void {
		const { settings, pollId } = this;
		const { events: chosen, watchedFields, startsToMatch } = settings;
		const now = recordOf(id, row, this.columns, settings.matches(row));
		const before = this.before?.get(id);
		now.flags |= (before?.flags ?? 0) & flag.replaced;
		if (chosen.has('deviceNotSeen') && isInactive(row, settings.days, time)) {
			// A device that does not pass the filters is reported once it does.
			const isToReport = startsToMatch && !hasFlag(now, 'matches');
			if (!isToReport || isReportedInactive(before, now)) now.flags |= flag.inactive;
		}
		if (chosen.has('deviceRemoved')) this.serials.add(id, row, before !== undefined);
		const comparison = { before, now, row, time, pollId, watchedFields, startsToMatch };
		if (this.before === undefined) {
			const events = initialEvents(settings, comparison);
			if (events.length > 0) now.flags |= flag.initialEventPending;
			this.observations.set(id, { now, events });
		} else {
			if (before === undefined && (enrollmentOf(row) ?? Infinity) < this.baselineAt) {
				this.late.add(id);
			}
			this.observations.set(id, { before, now, events: eventsOf(settings, comparison) });
		}
	}

	/** Whether this sweep is the first. */
	get isBaseline(): boolean {
		return this.before === undefined;
	}

	/** How many devices the last sweep found. */
	get knownCount(): number {
		return this.before?.size ?? 0;
	}

	/** How many devices were added in this sweep. */
	get foundCount(): number {
		return this.observations.size;
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
	 */
	finish(isGone: (id: string) => boolean, limit: number): SweepResult {
		const lateExisting = this.forgetLate();
		const fleet: Fleet = new Map();
		const unsure = new Set<string>();
		for (const id of this.missing()) {
			const before = this.before!.get(id)!;
			const events = removalEvents(this.settings, before, this.pollId);
			if (isGone(id)) {
				this.observations.set(id, { before, events });
			} else {
				fleet.set(id, before);
				if (events.length > 0) unsure.add(serialOfRow(before.values));
			}
		}
		const enrolling = this.enrollingBySerial();
		const firstAt = new Map<string, number>();
		for (const [serial, observations] of enrolling) {
			this.replaceOlder(serial, observations);
			const first = observations.reduce((time, other) => Math.min(time, oldest(other)), Infinity);
			firstAt.set(serial, first);
		}
		for (const observation of this.observations.values()) this.placeRemoval(observation, firstAt);
		// If a device turns out to be removed, the one that has its serial number must not come before it.
		const waiting = new Set([...unsure].flatMap((serial) => enrolling.get(serial) ?? []));
		const emitted = this.emit(waiting, limit);
		for (const [id, observation] of this.observations) {
			const record = waiting.has(observation)
				? this.previousRecord(observation)
				: withoutPendingEvent(observation.now);
			if (record !== undefined) fleet.set(id, record);
		}
		return { fleet, events: emitted, lateExisting };
	}

	/** The events to emit now, the oldest first; observations for which there is no room are added to `waiting`. */
	private emit(waiting: Set<Observation>, limit: number): TriggerEvent[] {
		const eventful = [...this.observations.values()].filter(({ events }) => events.length > 0);
		eventful.sort((a, b) => oldest(a) - oldest(b) || rankOf(a) - rankOf(b));
		const emitted: TriggerEvent[] = [];
		for (const observation of eventful) {
			if (waiting.has(observation)) continue;
			if (emitted.length >= limit) waiting.add(observation);
			else for (const { event } of observation.events) emitted.push(event);
		}
		return emitted;
	}

	/**
	 * Drops the events of devices that existed at the baseline, when there are so many that the list must have been
	 * incomplete then. A few may have slipped through, or have got their date late.
	 */
	private forgetLate(): number {
		const few = this.knownCount === 0 ? 0 : believableCount(this.knownCount);
		if (this.late.size <= few || this.settings.emitExisting) return 0;
		for (const id of this.late) this.observations.get(id)!.events = [];
		return this.late.size;
	}

	/** The observations with Device Enrolled by serial number, if Device Removed has to come before it. */
	private enrollingBySerial(): Map<string, Observation[]> {
		const found = new Map<string, Observation[]>();
		if (!this.settings.events.has('deviceRemoved')) return found;
		for (const observation of this.observations.values()) {
			const enrollment = observation.events.find(isEnrollment);
			const serial = enrollment === undefined ? '' : serialOfRow(enrollment.event.record);
			const others = found.get(serial);
			if (others) others.push(observation);
			else if (serial !== '') found.set(serial, [observation]);
		}
		return found;
	}

	/**
	 * A device that enrolls under a new ID leaves records behind that may stay in the list for a while. They are emitted
	 * as removed now, since that must not come after the enrollment.
	 */
	private replaceOlder(serial: string, enrolling: Observation[]): void {
		const { all, newest, areSeveral } = this.serials.of(serial)!;
		if (areSeveral) return;
		const isNewestEnrolling = enrolling.some(({ now }) => now?.id === newest.id);
		for (const holder of all) {
			const observation = this.observations.get(holder.id);
			if (holder.id === newest.id || !observation?.now || hasFlag(observation.before, 'replaced'))
				continue;
			const { before, now } = observation;
			now.flags |= flag.replaced;
			if (!isNewestEnrolling) {
				observation.events = observation.events.filter((timed) => !isEnrollment(timed));
			} else if (hasFlag(now, 'matches') || hasFlag(before, 'matches')) {
				observation.events.push(replacementEvent(holder, newest.id, this.pollId));
			}
		}
	}

	/**
	 * Device Removed of a device whose serial number another one has now says which, and comes before the events of that.
	 *
	 * @param firstAt time of the first event of the devices that enroll, by serial number
	 */
	private placeRemoval(observation: Observation, firstAt: ReadonlyMap<string, number>): void {
		const removal = observation.events.find(isRemoval);
		const serial = removal === undefined ? '' : serialOfRow(removal.event.record);
		const holders = this.serials.of(serial);
		if (holders === undefined || holders.areSeveral) return;
		const first = firstAt.get(serial) ?? Infinity;
		const replaced_by = deviceId(holders.newest.id);
		observation.events = observation.events.map(({ time, event }) => ({
			time: Math.min(time, first),
			event: isRemovalEvent(event) ? { ...event, details: { replaced_by } } : event,
		}));
	}

	/** What is stored of a device whose events wait: its record before this sweep, so that they are found again. */
	private previousRecord({ before, now }: Observation): DeviceRecord | undefined {
		return this.before === undefined ? now : before;
	}
}

const withoutPendingEvent = (record: DeviceRecord | undefined): DeviceRecord | undefined =>
	record && { ...record, flags: record.flags & ~flag.initialEventPending };
