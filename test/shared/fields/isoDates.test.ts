import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { withIsoDates } from '../../../nodes/Kandji/shared/fields/isoDates';

const two = (value: number): string => String(value).padStart(2, '0');

/** The forms in which the API writes one moment. */
const forms: Array<(moment: Date, zoneMinutes: number) => string> = [
	(moment) => moment.toISOString(),
	(moment) => moment.toISOString().replace(/\.\d+/, ''),
	(moment) => moment.toISOString().replace(/\.\d+Z/, ''),
	(moment) =>
		moment
			.toISOString()
			.replace('T', ' ')
			.replace(/\.\d+Z/, ''),
	(moment) =>
		moment
			.toISOString()
			.replace('T', ' ')
			.replace(/\.\d+Z/, ' +0000'),
	(moment) => moment.toISOString().replace(/Z$/, '417Z'),
	(moment) => moment.toISOString().replace(/Z$/, '417+00:00'),
	(moment) => moment.toISOString().replace(/Z$/, ''),
	(moment) => moment.toISOString().replace(/Z$/, '417'),
	(moment) => moment.toISOString().replace('T', ' ').replace(/Z$/, ''),
	(moment) => moment.toISOString().replace('T', ' ').replace(/Z$/, '417'),
	(moment) => moment.toISOString().replace('T', ' ').replace(/Z$/, '417+00:00'),
	(moment) => moment.toISOString().replace('T', ' ').replace(/Z$/, ' +0000'),
	(moment, zoneMinutes) => {
		const local = new Date(moment.getTime() + zoneMinutes * 60_000).toISOString();
		const size = Math.abs(zoneMinutes);
		const zone = `${zoneMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
		return local.replace(/Z$/, zone);
	},
];

const moments = fc.date({
	min: new Date('1990-01-01T00:00:00.000Z'),
	max: new Date('2090-01-01T00:00:00.000Z'),
	noInvalidDate: true,
});
const zones = fc.integer({ min: -14 * 60, max: 14 * 60 });
const written = fc.tuple(moments, zones, fc.constantFrom(...forms)).map(([moment, zone, form]) => {
	const text = form(moment, zone);
	const [fraction = ''] = /\.\d+/.exec(text) ?? [];
	return { text, iso: moment.toISOString().replace(/\.\d+/, fraction) };
});

/** Every field of the API's answers that has a date. */
const dateFields = [
	'access_token_expiry',
	'activity_time',
	'assignment_status_received_at',
	'created_at',
	'creation_date',
	'cve_modified_at',
	'cve_published_at',
	'date_completed',
	'date_of_quarantine',
	'date_of_release',
	'date_requested',
	'deleted_at',
	'detection_date',
	'detection_datetime',
	'device_assigned_date',
	'enrolled_at',
	'expires',
	'file_updated',
	'first_detection_date',
	'first_enrollment',
	'install_date',
	'last_audit_run',
	'last_check_in',
	'last_check_in_datetime',
	'last_checkin_agent',
	'last_collected_at',
	'last_device_sync',
	'last_enrollment',
	'last_modified',
	'last_policy_update',
	'last_pushed',
	'latest_detection_date',
	'modification_date',
	'occurred_at',
	'password_last_set',
	'password_rotation_scheduled',
	'profile_assign_time',
	'reported_at',
	'updated_at',
];

/** Fields that people, or their software, write what they want in. */
const otherFields = [
	'actual',
	'asset_tag',
	'content',
	'created_by',
	'description',
	'device_id',
	'device_name',
	'enrollment_code',
	'from',
	'host_name',
	'last_audit_log',
	'last_name',
	'last_user',
	'log',
	'mdm_enabled',
	'name',
	'note',
	'os_version',
	'path',
	'runs_on_mac',
	'serial_number',
	'status',
	'tags',
	'to',
	'update_name',
	'updated_by',
	'version',
];

describe('dates in one form', () => {
	it('every form of a date becomes ISO 8601 in UTC, to the same fraction of a second', () => {
		fc.assert(
			fc.property(fc.constantFrom(...dateFields), written, (field, { text, iso }) => {
				expect(withIsoDates({ [field]: text })).toEqual({ [field]: iso });
			}),
		);
	});

	it('text that looks like a date is kept where a field is not for dates', () => {
		fc.assert(
			fc.property(fc.constantFrom(...otherFields), written, (field, { text }) => {
				expect(withIsoDates({ [field]: text })).toEqual({ [field]: text });
			}),
		);
	});

	it('what is no moment is kept in a field for dates', () => {
		const values = fc.oneof(
			fc.string(),
			fc.constantFrom('', '2024-12-05', 'Feb 27, 2024 at 7:34:21 AM', '1 month ago', '24H2'),
			fc.constantFrom('2024-13-45 25:00:00', '2024-02-27 15:34:21 or so', 'on 2024-02-27 15:34:21'),
			fc.integer(),
			fc.boolean(),
			fc.constant(null),
		);
		fc.assert(
			fc.property(fc.constantFrom(...dateFields), values, (field, value) => {
				expect(withIsoDates({ [field]: value })).toEqual({ [field]: value });
			}),
		);
	});

	it('changes what is inside of objects and lists, in a copy, and nothing else', () => {
		const text = '2024-01-26 16:15:36.087016+00:00';
		const iso = '2024-01-26T16:15:36.087016Z';
		const record: IDataObject = {
			'general.first_enrollment': text,
			'general.device_name': text,
			tags: [text],
			commands: [{ date_requested: text, name: text }],
			details: { last_pushed: text, from: text },
		};
		const before = structuredClone(record);
		expect(withIsoDates(record)).toEqual({
			'general.first_enrollment': iso,
			'general.device_name': text,
			tags: [text],
			commands: [{ date_requested: iso, name: text }],
			details: { last_pushed: iso, from: text },
		});
		expect(record).toEqual(before);
	});

	it('a form that is right stays as it is', () => {
		fc.assert(
			fc.property(fc.constantFrom(...dateFields), written, (field, { text }) => {
				const once = withIsoDates({ [field]: text });
				expect(withIsoDates(once)).toEqual(once);
			}),
		);
	});

	it('a record that is nested without end is no reason to fail', () => {
		let nested: IDataObject = { created_at: '2024-01-26 16:15:36' };
		for (let depth = 0; depth < 5_000; depth++) nested = { nested };
		expect(() => withIsoDates(nested)).not.toThrow();
	});
});
