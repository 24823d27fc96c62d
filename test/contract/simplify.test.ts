import type {
	IDataObject,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodeProperties,
	INodePropertyRouting,
	INodeTypeDescription,
} from 'n8n-workflow';
import { DateTime } from 'luxon';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import type { EventName } from '../../nodes/Kandji/trigger/events';
import { asItem } from '../../nodes/Kandji/trigger/output';
import type { Operation } from '../structure/description';
import { displayed, operationsOf, withDefaults } from '../structure/description';
import { answeredBy, documentedAnswers, recordsOf } from './documented';

const description = new Kandji().description as INodeTypeDescription;

const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || value === '' || JSON.stringify(value) === '[]';

const isSimplified = (fields: INodeProperties[]): boolean =>
	fields.some(({ name, routing }) => /^(simplify|output)$/.test(name) && routing !== undefined);

const actionsOf = (routing: INodePropertyRouting | undefined) =>
	(routing?.output?.postReceive ?? []).filter((action) => typeof action === 'function');

/** What the post-receive functions of an operation make of records: every field that can be selected, or the usual ones. */
async function received(
	{ operation, parameters }: Operation,
	records: IDataObject[],
	selection: 'every' | 'usual' = 'every',
): Promise<IDataObject[]> {
	const values: IDataObject = withDefaults(description, parameters) as IDataObject;
	const fields = displayed(description, values as never);
	const selectable = fields.find(({ name }) => name === 'selectedFields')?.options;
	if (selection === 'every' && selectable !== undefined) {
		values.selectedFields = selectable.map(
			(option) => 'value' in option && option.value,
		) as string[];
	}
	const context = {
		getNodeParameter: (name: string, fallback?: unknown) => values[name] ?? fallback,
	} as unknown as IExecuteSingleFunctions;
	const [record] = records;
	const body = records.length === 1 ? structuredClone(record) : {};
	const response = { body, headers: {}, statusCode: 200 } as IN8nHttpFullResponse;
	let items: INodeExecutionData[] = records.map((json) => ({ json: structuredClone(json) }));
	const routings = [operation.routing, ...fields.map(({ routing }) => routing)];
	for (const action of routings.flatMap(actionsOf)) {
		items = await action.call(context, items, response);
	}
	return items.map(({ json }) => json);
}

/** The API's other names for fields of simplified records. */
const otherNames: Record<string, string[]> = {
	agent_version: ['kandji_agent_version'],
	app_name: ['display_name', 'name'],
	blueprint_id: ['blueprint_uuid'],
	bundle_id: ['package_name', 'name'],
	device_id: ['computer_id', 'mdm_device_id'],
	device_name: ['computer_name', 'mdm_device_name'],
	host_name: ['local_hostname', 'dns_computer_name'],
	ip_address: ['wifi_ipv4_address'],
	last_check_in: ['last_check_in_datetime'],
	mac_address: ['wifi_mac_address'],
	model: ['model_name', 'device_model'],
	path: ['installed_path'],
	publisher: ['publisher_display_name'],
	serial_number: ['smbios_serial_number'],
	source: ['application_source', 'application_type'],
	user_email: ['assigned_user_email'],
	user_id: ['assigned_user_id'],
	user_name: ['assigned_user_name'],
	version: ['version_name'],
};

/** Values with the names that they could have in a flat record: their own, and with the object around them. */
function namedValues(record: IDataObject, parent = ''): Array<[string, unknown]> {
	return Object.entries(record).flatMap(([name, value]): Array<[string, unknown]> => {
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
			return namedValues(value as IDataObject, name);
		}
		return parent === ''
			? [[name, value]]
			: [
					[name, value],
					[`${parent}_${name}`, value],
				];
	});
}

/** Fields of a simplified record that are blank although the record has a value for them. */
function lost(record: IDataObject, simplified: IDataObject): string[] {
	const values = namedValues(record).filter(([, value]) => !isBlank(value));
	return Object.keys(simplified)
		.filter((name) => isBlank(simplified[name]))
		.filter((name) =>
			values.some(([known]) => [name, ...(otherNames[name] ?? [])].includes(known)),
		);
}

const operations = operationsOf(description);

/** A text that begins as a date with a time, in whatever field it is. */
const dateWithTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

/** The dates with a time in a record that are not ISO 8601 in UTC, with their fields. */
function wrongDates(record: IDataObject): string[] {
	return namedValues(record).flatMap(([name, value]) => {
		if (Array.isArray(value)) return value.flatMap((entry) => wrongDates({ [name]: entry }));
		if (typeof value !== 'string' || !dateWithTime.test(value)) return [];
		const date = DateTime.fromISO(value, { setZone: true });
		const isRight = date.isValid && date.zoneName === 'UTC' && value.endsWith('Z');
		return isRight ? [] : [`${name}: ${value}`];
	});
}

const keyOf = ({ parameters }: Operation) =>
	`${String(parameters.resource)}.${String(parameters.operation)}`;

const isSimplifying = ({ parameters }: Operation) =>
	isSimplified(displayed(description, withDefaults(description, parameters)));

/** Version 2 of the API, which has no documentation. */
const undocumented = ['behavioralDetection.getEvents', 'threat.getAll'];

/** The documented answer that has the records of each event. */
const recordsOfEvents: Record<EventName, string> = {
	auditEvent: 'GET /api/v1/audit/events',
	behavioralDetection: 'GET /api/v1/behavioral-detections',
	blueprintRoutingActivity: 'GET /api/v1/blueprint-routing/activity',
	deviceChanged: 'GET /api/v1/devices',
	deviceCheckedIn: 'GET /api/v1/devices',
	deviceEnrolled: 'GET /api/v1/devices',
	deviceNotSeen: 'GET /api/v1/devices',
	deviceReEnrolled: 'GET /api/v1/devices',
	deviceRemoved: 'GET /api/v1/devices',
	threatDetected: 'GET /api/v1/threat-details',
	vulnerabilityDetected: 'GET /api/v1/vulnerability-management/detections',
};

/** Operations whose records have whatever the API returns, without what says little: there is no list to select from. */
const ofVariousFields = [...undocumented, 'behavioralDetection.getAll', 'prism.getAll'];

describe('the events of documented answers', () => {
	const events = Object.entries(recordsOfEvents) as Array<[EventName, string]>;

	it.each(events)('%s has dates that Luxon reads as UTC, unless it is raw', (event, request) => {
		const records = documentedAnswers
			.filter((answer) => answer.request === request)
			.flatMap(({ body }) => recordsOf(body));
		expect(records).not.toEqual([]);
		for (const record of records) {
			const item = { event, event_id: `${event}:1`, record };
			expect(wrongDates(asItem(item, true).json)).toEqual([]);
			expect(asItem(item, false).json).toEqual({ event, event_id: `${event}:1`, ...record });
		}
	});
});

describe('Simplify on every documented answer', () => {
	const rows = documentedAnswers.flatMap(({ request, name, body }) =>
		answeredBy(operations, request)
			.filter(isSimplifying)
			.map((operation) => ({
				title: `${operation.resource.name} › ${operation.operation.name}: ${name}`,
				operation,
				records: recordsOf(body),
			})),
	);

	const selecting = rows.filter(({ operation }) => !ofVariousFields.includes(keyOf(operation)));

	it.each(rows)('$title', async ({ operation, records }) => {
		const simplified = await received(operation, records);
		const sources = records.flatMap((record) =>
			Array.isArray(record.apps ?? record.library_items)
				? ((record.apps ?? record.library_items) as IDataObject[])
				: [record],
		);
		expect(simplified).toHaveLength(sources.length);
		for (const [index, json] of simplified.entries()) {
			expect(lost(sources[index]!, json)).toEqual([]);
			expect(Object.values(json).every(isBlank)).toBe(false);
		}
	});

	it.each(rows)('$title, without its sections', async ({ operation, records }) => {
		for (const missing of [null, '', undefined]) {
			const bare = records.map((record) =>
				Object.fromEntries(
					Object.entries(record).map(([name, value]) => [
						name,
						typeof value === 'object' && !Array.isArray(value) ? missing : value,
					]),
				),
			) as IDataObject[];
			for (const json of await received(operation, bare)) {
				expect(Object.values(json)).not.toContain(undefined);
			}
		}
	});

	it.each(selecting)('$title, by default what a person reads', async ({ operation, records }) => {
		const usual = await received(operation, records, 'usual');
		const every = await received(operation, records);
		for (const [index, json] of usual.entries()) {
			const names = Object.keys(json);
			expect(names.filter((each) => !/^(uu)?id$|_id$/.test(each)).length).toBeLessThanOrEqual(10);
			expect(names.length).toBeLessThanOrEqual(12);
			expect(every[index]).toMatchObject(json);
		}
	});

	it.each(rows)('$title, with dates that Luxon reads as UTC', async ({ operation, records }) => {
		expect((await received(operation, records)).flatMap(wrongDates)).toEqual([]);
	});

	it('there is one for every operation with Simplify', () => {
		const documented = new Set(rows.map(({ operation }) => keyOf(operation)));
		const simplifying = operations.filter(isSimplifying).map(keyOf);
		expect(simplifying.filter((key) => !documented.has(key))).toEqual(undocumented);
	});
});
