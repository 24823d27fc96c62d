import { setTimeout as delay } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import { countersOf, type BenchTenant } from './tenant';

/** Pages that the Kandji node has on their way at the same time. */
const PAGES_AT_A_TIME = 8;
const PAGE_SIZE = 300;

/** Just under the 50 requests a second of the API, so that hardly any is refused. */
const MS_BETWEEN_REQUESTS = 20.2;

let nextStartAt = 0;

/** Waits until the next request may start. */
async function pace(): Promise<void> {
	const now = performance.now();
	const startAt = Math.max(now, nextStartAt);
	nextStartAt = startAt + MS_BETWEEN_REQUESTS;
	await delay(startAt - now);
}

async function get(tenant: BenchTenant, path: string): Promise<Response> {
	await pace();
	const response = await fetch(tenant.url + path, {
		headers: { authorization: `Bearer ${tenant.token}` },
	});
	if (response.status === 429) {
		// Requests that left evenly can arrive bunched on a busy machine.
		await delay(1_000 * Number(response.headers.get('retry-after') ?? 1));
		return await get(tenant, path);
	}
	if (!response.ok) throw new Error(`GET ${path} answered ${response.status}`);
	return response;
}

async function getRows(tenant: BenchTenant, path: string, key?: string): Promise<IDataObject[]> {
	const body = (await (await get(tenant, path)).json()) as IDataObject;
	return (key === undefined ? body : body[key]) as IDataObject[];
}

async function readOffsets(tenant: BenchTenant, path: string, total: number, key?: string) {
	const pages: IDataObject[][] = [];
	let next = 0;
	const worker = async () => {
		while (next * PAGE_SIZE < total) {
			const page = next++;
			const query = `limit=${PAGE_SIZE}&offset=${page * PAGE_SIZE}`;
			pages[page] = await getRows(tenant, `${path}?${query}`, key);
		}
	};
	await Promise.all(Array.from({ length: PAGES_AT_A_TIME }, worker));
	return pages.flat();
}

/** The full device list by a client that knows how long it is. */
export async function readDevices(tenant: BenchTenant): Promise<IDataObject[]> {
	return await readOffsets(tenant, '/api/v1/devices', (await countersOf(tenant)).devices);
}

/** The device list as a public client reads it: page after page, until a short one. */
export async function readDevicesPageByPage(tenant: BenchTenant): Promise<IDataObject[]> {
	const devices: IDataObject[] = [];
	for (let offset = 0; ; offset += PAGE_SIZE) {
		const rows = await getRows(tenant, `/api/v1/devices?limit=${PAGE_SIZE}&offset=${offset}`);
		for (const row of rows) devices.push(row);
		if (rows.length < PAGE_SIZE) return devices;
	}
}

/** The device list as another one does: eight pages at a time without their number, until one is short. */
export async function readDevicesInEights(tenant: BenchTenant): Promise<IDataObject[]> {
	const devices: IDataObject[] = [];
	for (let first = 0; ; first += PAGES_AT_A_TIME) {
		const pages = await Promise.all(
			Array.from({ length: PAGES_AT_A_TIME }, async (_, page) => {
				const offset = (first + page) * PAGE_SIZE;
				return await getRows(tenant, `/api/v1/devices?limit=${PAGE_SIZE}&offset=${offset}`);
			}),
		);
		for (const row of pages.flat()) devices.push(row);
		if (pages.some(({ length }) => length < PAGE_SIZE)) return devices;
	}
}

/** A full Prism category, in the same way. */
export async function readPrism(tenant: BenchTenant, category: string): Promise<IDataObject[]> {
	const counted = await get(tenant, `/api/v1/prism/count?category=${category}`);
	const { count } = (await counted.json()) as { count: number };
	return await readOffsets(tenant, `/api/v1/prism/${category}`, count, 'data');
}

/** All users, page after page along the cursor. */
export async function readUsers(tenant: BenchTenant): Promise<IDataObject[]> {
	const users: IDataObject[] = [];
	for (let query: string | undefined = ''; query !== undefined;) {
		const body = (await (await get(tenant, `/api/v1/users${query}`)).json()) as {
			next: string | null;
			results: IDataObject[];
		};
		users.push(...body.results);
		query = body.next === null ? undefined : new URL(body.next).search;
	}
	return users;
}

/** Single devices, as fast as the API allows. */
export async function readOneByOne(
	tenant: BenchTenant,
	devices: IDataObject[],
): Promise<IDataObject[]> {
	return await Promise.all(
		devices.map(async ({ device_id }) => {
			const response = await get(tenant, `/api/v1/devices/${String(device_id)}`);
			return (await response.json()) as IDataObject;
		}),
	);
}
