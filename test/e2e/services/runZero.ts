import { gunzipSync } from 'node:zlib';
import multipartPlugin from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { startService, type Service } from './service';

/** An asset as runZero's import API takes it. */
export interface Asset {
	id: string;
	hostnames?: string[];
	networkInterfaces?: Array<{
		macAddress?: string;
		ipv4Addresses?: string[];
		ipv6Addresses?: string[];
	}>;
	os?: string;
	osVersion?: string;
	manufacturer?: string;
	model?: string;
	deviceType?: string;
	firstSeenTS?: string;
	tags?: string[];
	customAttributes?: Record<string, string>;
}

/** One import that was accepted. */
export interface Import {
	organization: string;
	fields: Record<string, string>;
	assets: Asset[];
}

/** runZero with what it has imported. */
export interface RunZero extends Service {
	imports: Import[];
}

/** Where an import goes. */
export const runZeroIds = {
	organizationId: '11111111-1111-4111-8111-111111111111',
	siteId: '22222222-2222-4222-8222-222222222222',
	customIntegrationId: '33333333-3333-4333-8333-333333333333',
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const REQUIRED = ['siteId', 'customIntegrationId', 'importTask.name'];
/** Longest text of a field, of an attribute's name and of the task's name. */
const LONGEST = { text: 1024, name: 256, task: 100 };
const FIELDS = [
	'id',
	'hostnames',
	'networkInterfaces',
	'os',
	'osVersion',
	'manufacturer',
	'model',
	'deviceType',
	'firstSeenTS',
	'tags',
	'customAttributes',
];

async function readImport(request: FastifyRequest) {
	const fields: Record<string, string> = {};
	let data: Buffer | undefined;
	for await (const part of request.parts()) {
		if (part.type === 'field') fields[part.fieldname] = String(part.value);
		else if (part.fieldname === 'assetData') data = await part.toBuffer();
		else throw new Error(`unexpected file ${part.fieldname}`);
	}
	for (const name of REQUIRED) if (!fields[name]) throw new Error(`${name} is required`);
	for (const name of ['siteId', 'customIntegrationId']) {
		if (!UUID.test(fields[name]!)) throw new Error(`${name} is not a UUID`);
	}
	if (data === undefined) throw new Error('assetData is required');
	if (fields['importTask.name']!.length > LONGEST.task) throw new Error('importTask.name');
	const assets = assetsIn(gunzipSync(data).toString()).map(checked);
	const ids = new Set(assets.map(({ id }) => id));
	if (ids.size < assets.length) throw new Error('an id stands for two assets');
	return { fields, assets };
}

/** The file is a JSON array, or has an asset on each line. */
const assetsIn = (text: string): Asset[] =>
	text.startsWith('[')
		? (JSON.parse(text) as Asset[])
		: text.split('\n').map((line) => JSON.parse(line) as Asset);

/** @throws Error unless it is a list of texts */
function checkList(name: string, list: unknown = []): void {
	const isRight = (value: unknown) => typeof value === 'string' && value.length <= LONGEST.text;
	if (!Array.isArray(list) || list.length > 100 || !list.every(isRight)) {
		throw new Error(`bad ${name}`);
	}
}

/** @throws Error for what the real API refuses: no id, an address of the wrong kind, attributes that are no text */
function checked(asset: Asset): Asset {
	if (!asset.id) throw new Error('id is required');
	for (const [name, value] of Object.entries(asset)) {
		if (!FIELDS.includes(name)) throw new Error(`unknown field ${name}`);
		if (typeof value === 'string' && value.length > LONGEST.text) throw new Error(`long ${name}`);
	}
	checkList('hostnames', asset.hostnames);
	checkList('tags', asset.tags);
	for (const { macAddress, ipv4Addresses = [], ipv6Addresses = [] } of asset.networkInterfaces ??
		[]) {
		if (macAddress !== undefined && !/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(macAddress)) {
			throw new Error(`bad macAddress ${macAddress}`);
		}
		for (const ip of ipv4Addresses) {
			if (!/^\d+\.\d+\.\d+\.\d+$/.test(ip)) throw new Error(`bad IPv4 address ${ip}`);
		}
		for (const ip of ipv6Addresses) {
			if (!/^[0-9a-f:]+$/.test(ip)) throw new Error(`bad IPv6 address ${ip}`);
		}
	}
	for (const [name, value] of Object.entries(asset.customAttributes ?? {})) {
		if (typeof value !== 'string') throw new Error(`customAttributes.${name} is not a text`);
		if (name.length > LONGEST.name || value.length > LONGEST.text) {
			throw new Error(`customAttributes.${name} is too long`);
		}
	}
	const { firstSeenTS } = asset;
	if (
		firstSeenTS !== undefined &&
		!/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(firstSeenTS)
	) {
		throw new Error(`bad firstSeenTS ${firstSeenTS}`);
	}
	return asset;
}

/** runZero's import of assets from a custom integration. */
export async function startRunZero(): Promise<RunZero> {
	const imports: Import[] = [];
	const service = await startService('OT-organization-key', async (app: FastifyInstance) => {
		await app.register(multipartPlugin, { limits: { fileSize: 64 * 1024 ** 2 } });
		app.post<{ Params: { organization: string } }>(
			'/api/v1.0/import/org/:organization/assets',
			async (request, reply) => {
				try {
					const { fields, assets } = await readImport(request);
					imports.push({ organization: request.params.organization, fields, assets });
					return { id: 'task', name: fields['importTask.name'], status: 'processed' };
				} catch (error) {
					return await reply.code(400).send({ detail: (error as Error).message });
				}
			},
		);
	});
	return { ...service, imports };
}

/** What somebody enters in an example for this runZero: where it is, where imports go, and the key. */
export const runZeroChanges = ({ url, token }: RunZero) => ({
	settings: { runZeroUrl: url, ...runZeroIds },
	tokens: { 'runZero organization key': token },
});
