import type { IDataObject } from 'n8n-workflow';
import toJsonSchema from 'to-json-schema';

import { startTenant, type Device } from '../../simulator/tenant';
import type { Document } from '../documents';
import { sampleItems, type SampledOperation } from '../sampleItems';

const folder = 'nodes/Kandji/__schema__/v1.0.0';

/** The tenant's clock at the start. */
const now = Date.UTC(2026, 0, 15, 9);

/** The operations that n8n has a preview of, by resource. */
function previewedOperations(mac: Device): SampledOperation[] {
	const deviceId = { __rl: true, mode: 'id', value: mac.device_id };
	return [
		['auditEvent', 'getAll', {}],
		['blueprint', 'getAll', {}],
		['device', 'checkCompliance', { rules: { fileVaultOn: true } }],
		['device', 'find', { value: mac.serial_number }],
		['device', 'get', { deviceId }],
		['device', 'getAll', {}],
		['device', 'getApps', { deviceId }],
		['device', 'getCommands', { deviceId }],
		['device', 'getDetails', { deviceId }],
		['device', 'getLibraryItems', { deviceId }],
		[
			'device',
			'syncFromTable',
			{ serialNumber: mac.serial_number, fieldsToSync: { assetTag: 'ACME-1' } },
		],
		['deviceAction', 'lock', { deviceId }],
		['prism', 'getAll', { category: 'device_information' }],
		['tag', 'getAll', {}],
		['user', 'getAll', {}],
		['vulnerability', 'getAll', {}],
	];
}

/** A type for every value that was seen; fields that are null in each record count as text. */
function schemaOf(records: IDataObject[]): object {
	const filled: IDataObject = {};
	for (const record of records) {
		for (const [key, value] of Object.entries(record)) filled[key] ??= value;
	}
	for (const key of Object.keys(filled)) filled[key] ??= '';
	return { ...toJsonSchema(filled, { arrays: { mode: 'first' } }), version: 1 };
}

/** The previews, with the types of what the built node returns for a simulated tenant. */
export async function schemaDocuments(): Promise<Document[]> {
	const tenant = await startTenant({ devices: 300, seed: 1, rateLimit: false, now });
	try {
		const mac = [...tenant.state.devices.values()].find(({ platform }) => platform === 'Mac');
		if (mac === undefined) throw new Error('The tenant has no Mac');
		const credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
		const samples = await sampleItems(previewedOperations(mac), credential);
		return samples.map(({ resource, operation, items }) => ({
			path: `${folder}/${resource}/${operation}.json`,
			text: `${JSON.stringify(schemaOf(items), null, '\t')}\n`,
		}));
	} finally {
		await tenant.close();
	}
}
