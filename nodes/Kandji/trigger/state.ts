import { digest } from './digest';
import type { PackedFleet } from './devices/pack';
import { unpackFleet } from './devices/pack';
import type { Fleet } from './devices/record';
import type { EventName } from './events';
import type { FeedState } from './feeds/feed';

/** The version of the stored form that this release writes. */
const version = 4;

/** What a trigger node stores from one poll to the next, in its static data. */
export interface StoredState {
	version: number;
	/** Hash of the other fields: state that was cut off, edited or written by another release is not used. */
	checksum: string;
	/** Fingerprint of the tenant and the parameters that the state belongs to. */
	fingerprint: string;
	/** Hash of the tenant whose existing devices were emitted. */
	existingOf?: string;
	/** The server's time in ms of the last poll with events. It identifies the next poll in event ids. */
	pollId: number;
	/**
	 * The server's time in ms of the baseline: devices that enrolled before it are not new. Left out once so many were told
	 * as removed that they may come back.
	 */
	baselineAt?: number;
	devices?: PackedFleet;
	/** By event name. */
	feeds: Partial<Record<EventName, FeedState>>;
}

/** The state that a poll hands to the next one. */
export type NextState = Omit<StoredState, 'version' | 'checksum'>;

/** {@link StoredState} as a poll works with it. */
export interface KnownState extends Omit<NextState, 'devices'> {
	fleet?: Fleet;
}

/** The fields of an object, or nothing of another value, in alphabetical order: a database may keep another. */
const fieldsOf = (value: unknown): Array<[string, unknown]> =>
	Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));

/** Hash of a state, whatever the values of its fields are. */
function checksumOf(state: Partial<StoredState>): string {
	const named = fieldsOf(state).filter(([name]) => name !== 'checksum');
	const fields = named.map(([name, value]) => {
		if (name === 'devices') return [name, fieldsOf(value)];
		if (name !== 'feeds') return [name, value];
		return [name, fieldsOf(value).map(([event, feed]) => [event, fieldsOf(feed)])];
	});
	return digest(JSON.stringify(fields), 8);
}

/** Whether a value is a state exactly as this release wrote it. */
const isIntact = (value: unknown): value is StoredState => {
	if (typeof value !== 'object' || value === null) return false;
	const state = value as Partial<StoredState>;
	return state.version === version && state.checksum === checksumOf(state);
};

/** A stored state as a poll finds it. */
export interface FoundState {
	/** Undefined when the poll must take a baseline. */
	known?: KnownState;
	/** Whether the existing devices of the tenant were emitted, or may have been. */
	areExistingEmitted: boolean;
	/** Something is stored that this release did not write in this form. */
	isUnusable: boolean;
}

/** Whether a stored state is intact and belongs to this tenant and these parameters. */
export const isFor = (stored: unknown, fingerprint: string): stored is StoredState =>
	isIntact(stored) && stored.fingerprint === fingerprint;

/**
 * Reads the state of the last poll. A baseline is needed at activation, after the parameters or the tenant changed, and
 * when what is stored is damaged or has the form of another release.
 *
 * Devices are stored with the names of their columns: a value that is missing is not compared until the next poll has
 * stored it.
 */
export async function findState(
	stored: unknown,
	fingerprint: string,
	tenant: string,
): Promise<FoundState> {
	if (stored === undefined) return { areExistingEmitted: false, isUnusable: false };
	if (!isIntact(stored)) return { areExistingEmitted: true, isUnusable: true };
	const { existingOf, pollId, baselineAt, devices, feeds } = stored;
	const found = { areExistingEmitted: existingOf === tenant, isUnusable: false };
	if (stored.fingerprint !== fingerprint) return found;
	const fleet = devices && (await unpackFleet(devices));
	return { ...found, known: { fingerprint, existingOf, pollId, baselineAt, fleet, feeds } };
}

/** Makes the state to store. */
export function storedState(next: NextState): StoredState {
	const { fingerprint, existingOf, pollId, baselineAt, devices, feeds } = next;
	const state = {
		version,
		fingerprint,
		...(existingOf !== undefined && { existingOf }),
		pollId,
		...(baselineAt !== undefined && { baselineAt }),
		...(devices && { devices }),
		feeds,
	};
	return { ...state, checksum: checksumOf(state) };
}
