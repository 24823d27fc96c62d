/** A record as the API sends it. */
export type Row = Record<string, unknown>;

/** What can be found out by looking at the devices. */
export const deviceEvents = [
	'deviceChanged',
	'deviceCheckedIn',
	'deviceEnrolled',
	'deviceNotSeen',
	'deviceReEnrolled',
	'deviceRemoved',
] as const;

export type DeviceEvent = (typeof deviceEvents)[number];

/** What the tenant keeps a list of. */
export const feedEvents = [
	'auditEvent',
	'behavioralDetection',
	'blueprintRoutingActivity',
	'threatDetected',
	'vulnerabilityDetected',
] as const;

export type FeedEvent = (typeof feedEvents)[number];

export type EventName = DeviceEvent | FeedEvent;

/** Something that happened once. */
export interface TriggerEvent {
	event: EventName;
	/** The same for the same happening, also when n8n was killed and it is told again. */
	event_id: string;
	/** What is told besides the record, such as `changed_fields`. */
	details?: Row;
	/** The API's record; for a removed device what is left of it. */
	record: Row;
}
