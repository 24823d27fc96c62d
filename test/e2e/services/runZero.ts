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

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const REQUIRED = ['siteId', 'customIntegrationId', 'importTask.name'];

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
	const text = gunzipSync(data).toString();
	return { fields, assets: text.split('\n').map((line) => checked(JSON.parse(line) as Asset)) };
}

/** @throws Error for what the real API refuses: no id, an address of the wrong kind, attributes that are no text */
function checked(asset: Asset): Asset {
	if (!asset.id) throw new Error('id is required');
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
export async function startRunZero(): Promise<Service & { imports: Import[] }> {
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
