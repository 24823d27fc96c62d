import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { ApiResponse } from '../../nodes/Kandji/transport/http/request';
import { Api } from '../../nodes/Kandji/trigger/api';
import { FleetDiff } from '../../nodes/Kandji/trigger/devices/diff';
import type { DeviceSettings } from '../../nodes/Kandji/trigger/devices/deviceSettings';
import type { Fleet } from '../../nodes/Kandji/trigger/devices/record';
import { sweepDevices } from '../../nodes/Kandji/trigger/devices/sweep';

const settings = {
	events: new Set(['deviceEnrolled', 'deviceRemoved']),
	watchedFields: [],
	days: 14,
	emitExisting: false,
	keepSerialNumbers: true,
	matches: () => true,
} as unknown as DeviceSettings;

const made = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_row, index) => ({
		device_id: `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`,
		serial_number: `S${index}`,
	}));

/** What the list answers instead of the truth; undefined for the truth. */
type Lie = (request: number) => { rows: IDataObject[]; total?: number } | undefined;

/** A tenant's device list. */
class FakeApi extends Api {
	lists = 0;

	lookups = 0;

	warnings: string[] = [];

	constructor(
		private readonly devices: IDataObject[],
		private readonly lie: Lie = () => undefined,
	) {
		const logger = { warn: (message: string) => this.warnings.push(message) };
		super({ logger } as unknown as IPollFunctions);
	}

	override async get(_path: string, query: IDataObject): Promise<ApiResponse> {
		const { device_id: id, offset = 0, limit = 300 } = query;
		if (id !== undefined) this.lookups++;
		else this.lists++;
		const isSame = (row: IDataObject) => id === undefined || row.device_id === id;
		const lie = id === undefined ? this.lie(this.lists) : undefined;
		const rows = lie?.rows ?? this.devices.filter(isSame);
		const total = lie === undefined ? rows.length : lie.total;
		const from = Number(offset);
		return {
			statusCode: 200,
			headers: total === undefined ? {} : { 'x-total-count': String(total) },
			body: rows.slice(from, from + Number(limit)),
		};
	}
}

async function sweep(api: FakeApi, before?: Fleet) {
	const diff = new FleetDiff(before, settings, 'poll');
	const isGone = await sweepDevices(api, diff, {});
	return diff.finish(isGone, Infinity);
}

const baselineOf = async (count: number) => (await sweep(new FakeApi(made(count)))).fleet;

describe('many devices that are missing at once', () => {
	it.each<[string, number, Lie]>([
		['an empty list with the total 0', 700, () => ({ rows: [], total: 0 })],
		['an empty list without a total', 700, () => ({ rows: [] })],
		['an empty list for a small fleet', 15, () => ({ rows: [], total: 0 })],
		['five devices of 700', 700, () => ({ rows: made(5), total: 5 })],
		['five devices of 700, without a total', 700, () => ({ rows: made(5) })],
		['a total that is too low, and no rows after it', 700, () => ({ rows: made(300), total: 300 })],
		[
			'a list without every seventh device',
			700,
			() => ({ rows: made(700).filter((_row, index) => index % 7 > 0) }),
		],
	])('are not believed to be gone after %s, once or for longer', async (_name, count, lie) => {
		const fleet = await baselineOf(count);
		for (const isOver of [(request: number) => request > 3, () => false]) {
			const api = new FakeApi(made(count), (request) =>
				isOver(request) ? undefined : lie(request),
			);
			const first = await sweep(api, fleet);
			expect(first.events).toEqual([]);
			expect(api.warnings).toHaveLength(1);
			const second = await sweep(new FakeApi(made(count)), first.fleet);
			expect(second.events).toEqual([]);
			expect([...second.fleet.keys()].sort()).toEqual([...fleet.keys()].sort());
		}
	});

	it.each([
		[700, 0],
		[700, 5],
		[700, 629],
		[20, 10],
		[4, 0],
	])(
		'are removed in the same poll when a second reading agrees: %i, %i stay',
		async (count, stay) => {
			const fleet = await baselineOf(count);
			const api = new FakeApi(made(stay));
			const { events, fleet: left } = await sweep(api, fleet);
			expect(events.map(({ event }) => event)).toEqual(Array(count - stay).fill('deviceRemoved'));
			expect(left.size).toBe(stay);
			expect(api.lookups).toBeLessThanOrEqual(8);
			expect(api.warnings).toEqual([]);
		},
	);

	it('are removed but for those that the second reading has', async () => {
		const fleet = await baselineOf(700);
		const [shown, gone] = [made(700).slice(0, 8), made(700).slice(8)];
		// The looked up ones are among the others.
		const api = new FakeApi(shown, (request) =>
			request === 1 ? { rows: shown.slice(0, 0), total: 0 } : undefined,
		);
		jest.spyOn(api, 'get').mockImplementation(async (path, query) => {
			const answer = await FakeApi.prototype.get.call(api, path, query);
			return query.device_id === undefined ? answer : { ...answer, body: [] };
		});
		const { events, fleet: left } = await sweep(api, fleet);
		expect(events).toHaveLength(gone.length);
		expect(left.size).toBe(8);
	});

	it('cost no further request when they are a tenth or less', async () => {
		const fleet = await baselineOf(700);
		const api = new FakeApi(made(630));
		const { events } = await sweep(api, fleet);
		expect(events).toHaveLength(70);
		expect([api.lists, api.lookups]).toEqual([3, 0]);
	});
});

describe('a baseline', () => {
	const dated = (count: number) =>
		made(count).map((row) => ({ ...row, last_enrollment: '2026-01-10T00:00:00Z' }));

	it('is not built on an empty list when a second reading finds devices', async () => {
		const api = new FakeApi(dated(700), (request) => (request === 1 ? { rows: [] } : undefined));
		const { fleet, events } = await sweep(api);
		expect([fleet.size, events.length]).toEqual([700, 0]);
		expect(api.warnings).toEqual([expect.stringContaining('The list of devices was empty')]);
	});

	it.each([
		['empty', 0],
		['five of 700 devices', 5],
	])('that is %s at every reading makes no device new', async (_, shown) => {
		const api = new FakeApi(dated(700), () => ({ rows: dated(shown), total: shown }));
		const { fleet } = await sweep(api);
		expect(fleet.size).toBe(shown);
		const diff = new FleetDiff(fleet, settings, 'poll', Date.UTC(2026, 0, 15));
		const isGone = await sweepDevices(new FakeApi(dated(700)), diff, {});
		expect(diff.finish(isGone, Infinity)).toMatchObject({ events: [], lateExisting: 700 - shown });
	});

	it('of a tenant without devices costs one request more', async () => {
		const api = new FakeApi([]);
		await sweep(api);
		expect(api.lists).toBe(2);
	});
});

it('150,000 devices all new or all gone, do not overflow the stack', async () => {
	const all = made(150_000);
	const api = new FakeApi(all);
	const diff = new FleetDiff(new Map(), settings, 'poll');
	const isGone = await sweepDevices(api, diff, {});
	const { events, fleet } = diff.finish(isGone, Infinity);
	expect(events).toHaveLength(all.length);
	const { events: removals } = await sweep(new FakeApi([]), fleet);
	expect(removals).toHaveLength(all.length);
});
