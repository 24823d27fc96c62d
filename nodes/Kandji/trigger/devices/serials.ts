import type { Row } from '../row';
import { serialOfRow, tick } from './record';

/** A managed device of a sweep. */
export interface Holder {
	id: string;
	/** Its serial number as the API writes it. */
	serialNumber: unknown;
	/** {@link tick}s of its last enrollment and its last check-in. */
	enrolledAt: number;
	seenAt: number;
	/** Whether the last sweep had it. */
	isKnown: boolean;
}

/** How long, in {@link tick}s, a record that was replaced may still be checked in by what is left on the device: an hour. */
const lingering = 360_000;

/**
 * The dates tell which record is newer. Where one is missing, a record that was not known is newer than one that was;
 * otherwise it may only have waited for its event longer than others.
 */
function isNewer(a: Holder, b: Holder): boolean {
	const datesTell = a.enrolledAt > 0 && b.enrolledAt > 0 && a.enrolledAt !== b.enrolledAt;
	return datesTell || a.isKnown === b.isKnown ? a.enrolledAt >= b.enrolledAt : !a.isKnown;
}

/** Who has a serial number. */
interface Holders {
	all: Holder[];
	/** The one that enrolled last. */
	newest: Holder;
	/**
	 * Whether several devices are in use under the serial number, as PCs are whose maker left a placeholder there: then
	 * none of them replaces another.
	 */
	areSeveral: boolean;
}

function describe(added: Holder[]): Holders | undefined {
	const all = [...new Map(added.map((holder) => [holder.id, holder])).values()];
	const [first, ...others] = all;
	if (first === undefined) return undefined;
	const newest = others.reduce((best, other) => (isNewer(other, best) ? other : best), first);
	const known = all.filter(({ isKnown }) => isKnown);
	const latest = known.reduce((time, { enrolledAt }) => Math.max(time, enrolledAt), 0);
	const inUse = known.filter(({ seenAt }) => seenAt > latest + lingering);
	return { all, newest, areSeveral: inUse.length > 1 };
}

/** The managed devices of a sweep by their serial numbers: a device that enrolls under a new ID has two for a while. */
export class SerialNumbers {
	private readonly added = new Map<string, Holder[]>();

	private readonly described = new Map<string, Holders | undefined>();

	/** Adds a device, unless it has no serial number or is marked as removed. */
	add(id: string, row: Row, isKnown: boolean): void {
		const serial = serialOfRow(row);
		if (serial === '' || row.is_removed === true) return;
		const holder = {
			id,
			serialNumber: row.serial_number,
			enrolledAt: tick(row.last_enrollment),
			seenAt: tick(row.last_check_in),
			isKnown,
		};
		const others = this.added.get(serial);
		if (others) others.push(holder);
		else this.added.set(serial, [holder]);
	}

	/** Forgets all devices. */
	clear(): void {
		this.added.clear();
		this.described.clear();
	}

	/** The devices that have a serial number, once all were added; undefined when none has it. */
	of(serial: string): Holders | undefined {
		if (!this.described.has(serial)) {
			this.described.set(serial, describe(this.added.get(serial) ?? []));
		}
		return this.described.get(serial);
	}
}
