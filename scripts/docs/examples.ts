import type { IDataObject } from 'n8n-workflow';

import type { KandjiCredential } from '../../simulator/engine/engine';
import { createPoller } from '../../simulator/engine/poller';
import { startTenant, type Device, type Tenant } from '../../simulator/tenant';
import { sampleItems } from '../sampleItems';

/** An item that an operation returns. */
export interface Example {
	resource: string;
	operation: string;
	item: IDataObject;
}

/** What the pages show of a tenant. */
export interface Examples {
	items: Example[];
	/** What the trigger emits when a device gets another OS version. */
	event: IDataObject;
}

/** The tenant's clock at the start, so that the dates in the examples stay the same. */
const now = Date.UTC(2026, 0, 15, 9);

const isMacOfSomebody = ({ platform, os_version, user }: Device): boolean =>
	platform === 'Mac' && os_version.startsWith('15') && typeof user === 'object' && user !== null;

async function collectItems(credential: KandjiCredential, mac: Device): Promise<Example[]> {
	const deviceId = { __rl: true, mode: 'id', value: mac.device_id };
	const samples = await sampleItems(
		[
			['auditEvent', 'getAll', {}],
			['blueprint', 'getAll', {}],
			['device', 'get', { deviceId }],
			['device', 'getCommands', { deviceId }],
			['deviceAction', 'lock', { deviceId }],
			['license', 'get', {}],
			['prism', 'getAll', { category: 'filevault' }],
			['tag', 'getAll', {}],
			['threat', 'getAll', {}],
			['user', 'getAll', {}],
			['vulnerability', 'getAll', {}],
		],
		credential,
	);
	return samples.map(({ items, ...sample }) => ({ ...sample, item: items[0]! }));
}

/** A poll's ID is the time of an earlier one: the only part of an event that differs from run to run. */
function withFixedPoll({ event_id, ...event }: IDataObject): IDataObject {
	const [, start, end] =
		/^(deviceChanged:[0-9a-f-]{36}:)[0-9a-z]+(-[0-9a-f]{8})$/.exec(String(event_id)) ?? [];
	if (end === undefined) throw new Error(`The event ID has another form: ${String(event_id)}`);
	return { event: event.event, event_id: `${start}${now.toString(36)}${end}`, ...event };
}

async function collectEvent(credential: KandjiCredential, tenant: Tenant, mac: Device) {
	const poller = await createPoller({ events: ['deviceChanged'] }, { credential });
	await poller.poll();
	const { device_id } = mac;
	tenant.mutate({ op: 'updateDevice', device_id, fields: { os_version: '26.2' } });
	const items = await poller.poll();
	if (items?.[0] === undefined) throw new Error('The trigger emitted nothing');
	return withFixedPoll(items[0].json);
}

/**
 * One item for the most used operations, as they return it with their defaults for a simulated tenant, and
 * one event. The same code gives the same examples.
 */
export async function collectExamples(): Promise<Examples> {
	const tenant = await startTenant({ devices: 60, seed: 1, rateLimit: false, now });
	try {
		const credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
		const mac = [...tenant.state.devices.values()].find(isMacOfSomebody);
		if (mac === undefined) throw new Error('The tenant has no Mac that belongs to somebody');
		const event = await collectEvent(credential, tenant, { ...mac });
		tenant.reset();
		return { event, items: await collectItems(credential, mac) };
	} finally {
		await tenant.close();
	}
}
