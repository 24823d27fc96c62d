import type { PackedFleet } from './devices/pack';
import { unpackFleet } from './devices/pack';
import type { Fleet } from './devices/record';
import type { EventName } from './events';
import type { FeedState } from './feeds/feed';

/** The version of the stored form that this release writes. */
const version = 1;

/** What a trigger node stores from one poll to the next, in its static data. */
export interface StoredState {
	version: number;
	/** Fingerprint of the tenant and the parameters that the state belongs to. */
	fingerprint: string;
	/** Hash of the tenant whose existing devices were emitted. */
	existingOf?: string;
	/** The server's time in ms of the last poll with events. It identifies the next poll in event ids. */
	pollId: number;
	devices?: PackedFleet;
	/** By event name. */
	feeds: Partial<Record<EventName, FeedState>>;
}

/** {@link StoredState} as a poll works with it. */
export interface KnownState extends Omit<StoredState, 'version' | 'devices'> {
	fleet?: Fleet;
}

const isStored = (value: unknown): value is StoredState =>
	typeof value === 'object' && value !== null && 'version' in value && 'fingerprint' in value;

/** Whether a stored state has this release's form and belongs to this tenant and these parameters. */
export const isFor = (stored: unknown, fingerprint: string): stored is StoredState =>
	isStored(stored) && stored.version === version && stored.fingerprint === fingerprint;

/**
 * The state of the last poll, or undefined when a new baseline is needed: at activation, after the parameters or the tenant
 * changed, and when another release wrote a form that this one does not know.
 *
 * Devices are stored with the names of their columns. A release with other columns can read the old ones; a value that is
 * missing is not compared until the next poll has stored it.
 */
export function restoreState(stored: unknown, fingerprint: string): KnownState | undefined {
	if (!isFor(stored, fingerprint)) return undefined;
	const { existingOf, pollId, devices, feeds } = stored;
	try {
		const fleet = devices === undefined ? undefined : unpackFleet(devices);
		return { fingerprint, existingOf, pollId, fleet, feeds };
	} catch {
		return undefined;
	}
}

/** Hash of the tenant whose existing devices were emitted, also from a state that cannot be used otherwise. */
export const existingOf = (stored: unknown): string | undefined =>
	isStored(stored) ? stored.existingOf : undefined;

/** Makes the state to store. */
export const storedState = ({
	fingerprint,
	existingOf: tenant,
	pollId,
	devices,
	feeds,
}: Omit<StoredState, 'version'>): StoredState => ({
	version,
	fingerprint,
	...(tenant !== undefined && { existingOf: tenant }),
	pollId,
	...(devices && { devices }),
	feeds,
});
