import type { PackedFleet } from './devices/pack';
import { unpackFleet } from './devices/pack';
import type { Fleet } from './devices/record';
import type { FeedState } from './feeds/feed';

/** The form that this release writes. */
const version = 1;

/** What a trigger node keeps from one poll to the next, in its static data. */
export interface StoredState {
	version: number;
	/** Of the tenant and the parameters that the state was made with. */
	fingerprint: string;
	/** The tenant whose existing devices were emitted, hashed. */
	existingOf?: string;
	/** Server's time in ms of the last poll with events: it marks the events of the next. */
	pollId: number;
	devices?: PackedFleet;
	feeds: Record<string, FeedState>;
}

/** {@link StoredState} as a poll works with it. */
export interface KnownState extends Omit<StoredState, 'version' | 'devices'> {
	fleet?: Fleet;
}

const isStored = (value: unknown): value is StoredState =>
	typeof value === 'object' && value !== null && 'version' in value && 'fingerprint' in value;

/** Whether a stored state was made by this release's form, for this tenant and these parameters. */
export const isFor = (stored: unknown, fingerprint: string): stored is StoredState =>
	isStored(stored) && stored.version === version && stored.fingerprint === fingerprint;

/**
 * The state that the last poll left, or undefined when there is none to go on with: at activation, after
 * parameters or tenant changed, and when a later release wrote it.
 *
 * Devices are stored with the names of their columns. A release that keeps other columns reads the old ones,
 * and what it misses is not compared until the next poll has stored it.
 */
export function restoreState(stored: unknown, fingerprint: string): KnownState | undefined {
	if (!isFor(stored, fingerprint)) return undefined;
	const { existingOf, pollId: pollId, devices, feeds } = stored;
	try {
		const fleet = devices === undefined ? undefined : unpackFleet(devices);
		return { fingerprint, existingOf, pollId: pollId, fleet, feeds };
	} catch {
		return undefined;
	}
}

/** The tenant whose existing devices were emitted, also from a state that is of no other use. */
export const existingOf = (stored: unknown): string | undefined =>
	isStored(stored) ? stored.existingOf : undefined;

/** The state to store. */
export const storedState = ({
	fingerprint,
	existingOf: tenant,
	pollId: pollId,
	devices,
	feeds,
}: Omit<StoredState, 'version'>): StoredState => ({
	version,
	fingerprint,
	...(tenant !== undefined && { existingOf: tenant }),
	pollId: pollId,
	...(devices && { devices }),
	feeds,
});
