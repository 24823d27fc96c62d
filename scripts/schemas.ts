import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import toJsonSchema from 'to-json-schema';

import { runNode } from '../simulator/engine/engine';
import { startTenant } from '../simulator/tenant';

// Writes what n8n shows of an operation's output before its first run. The types are read off what the
// operations of the built node return for a simulated tenant.
const folder = join(__dirname, '../nodes/Kandji/__schema__/v1.0.0');

/** A type for every value that was seen; fields that are null in each record count as text. */
const schemaOf = (records: IDataObject[]) => {
	const filled: IDataObject = {};
	for (const record of records) {
		for (const [key, value] of Object.entries(record)) filled[key] ??= value;
	}
	for (const key of Object.keys(filled)) filled[key] ??= '';
	return { ...toJsonSchema(filled, { arrays: { mode: 'first' } }), version: 1 };
};

void (async () => {
	const tenant = await startTenant({ devices: 300, seed: 1, rateLimit: false });
	const mac = [...tenant.state.devices.values()].find(({ platform }) => platform === 'Mac');
	const deviceId = { __rl: true, mode: 'id', value: mac?.device_id ?? '' };
	const operations: Array<[string, string, INodeParameters]> = [
		['device', 'get', { deviceId }],
		['device', 'getAll', {}],
		['device', 'getApps', { deviceId }],
		['device', 'getCommands', { deviceId }],
		['device', 'getDetails', { deviceId }],
		['device', 'getLibraryItems', { deviceId }],
		['device', 'find', { value: mac?.serial_number ?? '' }],
		['deviceAction', 'lock', { deviceId }],
		['blueprint', 'getAll', {}],
		['user', 'getAll', {}],
		['tag', 'getAll', {}],
		['auditEvent', 'getAll', {}],
		['prism', 'getAll', { category: 'device_information' }],
		['vulnerability', 'getAll', {}],
	];
	for (const [resource, operation, parameters] of operations) {
		const { items, error } = await runNode(
			{ resource, operation, ...parameters },
			{ credential: { region: 'custom', apiUrl: tenant.url, token: tenant.token } },
		);
		if (items.length === 0) throw new Error(`${resource} ${operation}: ${error?.message}`);
		const file = join(folder, resource, `${operation}.json`);
		mkdirSync(dirname(file), { recursive: true });
		const schema = schemaOf(items.map(({ json }) => json));
		writeFileSync(file, `${JSON.stringify(schema, null, '\t')}\n`);
		console.log(`wrote ${file}`);
	}
	await tenant.close();
	process.exit();
})();
