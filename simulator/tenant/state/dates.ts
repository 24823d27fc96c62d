/** Milliseconds in an hour and a day. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

// The API prints microseconds; these are made up from the milliseconds so that equal times stay equal.
function stem(time: number): string {
	const microseconds = `${(time * 7919) % 1000}`.padStart(3, '0');
	return new Date(time).toISOString().slice(0, 23) + microseconds;
}

/** `2024-07-23T14:11:37.150080Z` */
export const zulu = (time: number): string => `${stem(time)}Z`;
/** `2024-07-23T14:11:37Z` */
export const zuluSeconds = (time: number): string => `${stem(time).slice(0, 19)}Z`;
/** `2024-07-23T14:11:37.150080+00:00` */
export const offset = (time: number): string => `${stem(time)}+00:00`;
/** `2024-07-23 14:11:37.150080+00:00` */
export const spaced = (time: number): string => `${stem(time).replace('T', ' ')}+00:00`;
/** `2024-07-23 14:11:37+00:00` */
export const spacedSeconds = (time: number): string =>
	`${stem(time).slice(0, 19).replace('T', ' ')}+00:00`;
/** `2024-07-23T14:11:37.150080`: no zone, which means UTC. */
export const zoneless = (time: number): string => stem(time);
/** `2024-07-23 14:11:37.150080`: neither zone nor T. */
export const spacedZoneless = (time: number): string => stem(time).replace('T', ' ');

/** Converts any of the forms above into a text that sorts by time; blank stays blank. All forms are UTC. */
export function sortKey(date: string): string {
	return date.charAt(10) === ' ' ? `${date.slice(0, 10)}T${date.slice(11)}` : date;
}

/** Converts any of the forms above, or a date without time, into milliseconds; NaN for anything else. */
export function parseDate(date: string): number {
	const text = date.trim().replace(' ', 'T');
	const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes('T');
	return Date.parse(zoned ? text : `${text}Z`);
}

/** A date of the fleet in the form of {@link offset}. Rearranged, not parsed: Prism shows thousands of them. */
export function toOffset(date: string): string {
	return date.length < 26
		? offset(parseDate(date))
		: `${date.slice(0, 10)}T${date.slice(11, 26)}+00:00`;
}

/** The tenant's own clock: real time, or a fixed start that then runs on. */
export interface Clock {
	/** When the fleet was generated. */
	readonly start: number;
	now(): number;
}

/** A clock that starts at `start`, or real time (fleet dated to the full hour) when it is undefined. */
export function createClock(start?: number): Clock {
	const begun = Date.now();
	if (start === undefined) return { start: begun - (begun % HOUR), now: () => Date.now() };
	return { start, now: () => start + (Date.now() - begun) };
}
