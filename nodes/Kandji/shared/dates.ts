/**
 * `routing.send.value` of a date field that the API takes as a point in time: UTC. A text without a zone, as the
 * editor stores it, is in the workflow's time zone; a plain day stays one, for the API to take as a whole.
 */
export const asUtc =
	'={{ /^\\d{4}-\\d\\d-\\d\\d$/.test($value) ? $value : $value.toDateTime().toUTC().toISO() }}';
