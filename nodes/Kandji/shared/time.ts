const form =
	/^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:(Z)|([+-]\d\d):?(\d\d)?)?)?$/i;

/**
 * Parses a date of the API into milliseconds since 1970. The API separates date and time by a `T` or a space,
 * and writes `Z`, an offset or no zone at all, which means UTC.
 *
 * @returns undefined for `""`, null and anything else that is not a date
 */
export function timeOf(value: unknown): number | undefined {
	const match = typeof value === 'string' ? form.exec(value.trim()) : null;
	if (match === null) return undefined;
	const [, day, clock = '00:00', , hours, minutes = '00'] = match;
	const zone = hours === undefined ? 'Z' : `${hours}:${minutes}`;
	const time = Date.parse(`${day}T${clock}${zone}`);
	return Number.isNaN(time) ? undefined : time;
}
