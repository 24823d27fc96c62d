import { randomUUID } from 'node:crypto';

import { Coverage } from '../../nodes/Kandji/trigger/devices/coverage';
import { packFleet, unpackFleet } from '../../nodes/Kandji/trigger/devices/pack';
import {
	fleetId,
	hashedFields,
	type Fleet,
	type WatchedField,
} from '../../nodes/Kandji/trigger/devices/record';
import { FleetDiff } from '../../nodes/Kandji/trigger/devices/diff';
import { columnsFor, type DeviceSettings } from '../../nodes/Kandji/trigger/devices/deviceSettings';
import type { DeviceEvent, Row, TriggerEvent } from '../../nodes/Kandji/trigger/events';
import { storedState } from '../../nodes/Kandji/trigger/state';
import { startTenant } from '../../simulator/tenant/index';
import { storedBytes } from './support';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 15);

const wishFor = (events: DeviceEvent[], more: Partial<DeviceSettings> = {}): DeviceSettings => ({
	events: new Set(events),
	watchedFields: [...hashedFields, 'is_missing', 'is_removed'] as WatchedField[],
	days: 30,
	emitExisting: false,
	keepSerialNumbers: true,
	matches: () => true,
	...more,
});

const iso = (time: number) => new Date(time).toISOString();

const makeDevice = (fields: Row = {}): Row => ({
	device_id: randomUUID(),
	serial_number: 'C02XL0GTJGH5',
	device_name: 'Mac',
	user: '',
	tags: [],
	is_missing: false,
	is_removed: false,
	last_check_in: iso(NOW - 60_000),
	last_enrollment: iso(NOW - DAY),
	...fields,
});

interface Options {
	limit?: number;
	mark?: string;
	isGone?: (id: string) => boolean;
	time?: number;
}

/** One complete sweep over `rows`, from what is stored to what is stored. */
function sweep(
	wish: DeviceSettings,
	before: Fleet | undefined,
	rows: Row[],
	options: Options = {},
) {
	const { limit = 1000, mark = 'm', isGone = () => true, time = NOW } = options;
	const watch = new FleetDiff(before, wish, mark);
	for (const row of rows) watch.add(fleetId(row)!, row, time);
	const { fleet, events } = watch.finish(isGone, limit);
	return { fleet: unpackFleet(packFleet(fleet, columnsFor(wish))), events };
}

const names = (events: TriggerEvent[]) => events.map(({ event }) => event);

describe('FleetWatch', () => {
	it('starts over when the sweep does', () => {
		const wish = wishFor(['deviceEnrolled']);
		const watch = new FleetDiff(new Map(), wish, 'm');
		const [first, second] = [makeDevice(), makeDevice()];
		watch.add(fleetId(first)!, first, NOW);
		watch.restart();
		watch.add(fleetId(second)!, second, NOW);
		const { fleet, events } = watch.finish(() => true, 10);
		expect([...fleet.keys()]).toEqual([fleetId(second)]);
		expect(events.map(({ record }) => record)).toEqual([second]);
	});

	it('emits the oldest first, as many as fit, and the rest next time', () => {
		const wish = wishFor(['deviceEnrolled', 'deviceRemoved', 'deviceChanged']);
		const old = Array.from({ length: 3 }, () => makeDevice());
		let { fleet } = sweep(wish, undefined, old);
		const changed = { ...old[0]!, device_name: 'New', last_check_in: iso(NOW - 5 * DAY) };
		const added = Array.from({ length: 7 }, (_, index) =>
			makeDevice({ last_enrollment: iso(NOW - index * DAY) }),
		);
		const rows = [changed, old[1]!, ...added];
		const told: TriggerEvent[][] = [];
		for (let round = 0; round < 5; round++) {
			const step = sweep(wish, fleet, rows, { limit: 2, mark: String(round) });
			fleet = step.fleet;
			told.push(step.events);
		}
		expect(told.map(({ length }) => length)).toEqual([2, 2, 2, 2, 1]);
		const enrolled = told.flat().filter(({ event }) => event === 'deviceEnrolled');
		expect(enrolled.map(({ record }) => record)).toEqual(added.reverse());
		expect(new Set(told.flat().map(({ event_id }) => event_id)).size).toBe(9);
	});

	it('keeps a device that may only have slipped through', () => {
		const wish = wishFor(['deviceRemoved', 'deviceEnrolled']);
		const device = makeDevice();
		const { fleet } = sweep(wish, undefined, [device]);
		const unsure = sweep(wish, fleet, [], { isGone: () => false });
		expect(unsure.events).toEqual([]);
		expect(names(sweep(wish, unsure.fleet, [device]).events)).toEqual([]);
		expect(names(sweep(wish, unsure.fleet, []).events)).toEqual(['deviceRemoved']);
	});

	it('believes a clock that was ahead no longer than it must', () => {
		const wish = wishFor(['deviceCheckedIn', 'deviceNotSeen']);
		const device = makeDevice({ last_check_in: iso(NOW + 400 * DAY) });
		const { fleet } = sweep(wish, undefined, [device]);
		const right = { ...device, last_check_in: iso(NOW) };
		const step = sweep(wish, fleet, [right]);
		expect(names(step.events)).toEqual(['deviceCheckedIn']);
		// A date that goes back from the past is an old copy of the record, not news.
		const stale = { ...device, last_check_in: iso(NOW - DAY) };
		expect(sweep(wish, step.fleet, [stale]).events).toEqual([]);
	});

	it('takes the first check-in of a device that had none', () => {
		const wish = wishFor(['deviceCheckedIn', 'deviceEnrolled']);
		const device = makeDevice({ last_check_in: '' });
		const { fleet } = sweep(wish, undefined, [device]);
		expect(names(sweep(wish, fleet, [device]).events)).toEqual([]);
		const checkedIn = { ...device, last_check_in: iso(NOW) };
		expect(names(sweep(wish, fleet, [checkedIn]).events)).toEqual(['deviceCheckedIn']);
	});

	it('goes on from a state with other columns without telling of what it did not know', () => {
		const device = makeDevice();
		const { fleet } = sweep(wishFor(['deviceEnrolled']), undefined, [device]);
		const wish = wishFor([
			'deviceChanged',
			'deviceCheckedIn',
			'deviceEnrolled',
			'deviceNotSeen',
			'deviceReEnrolled',
			'deviceRemoved',
		]);
		const first = sweep(wish, fleet, [device]);
		expect(first.events).toEqual([]);
		const changed = { ...device, os_version: '26.1', last_check_in: iso(NOW) };
		expect(names(sweep(wish, first.fleet, [changed]).events)).toEqual([
			'deviceChanged',
			'deviceCheckedIn',
		]);
	});
});

describe('Coverage', () => {
	const row = (start: string): Row => ({
		device_id: `${start}0000000-0000-4000-8000-000000000000`,
	});
	const id = (start: string) => fleetId(row(start))!;

	it('speaks for ids inside a page, before the first and after the last, not for those between', () => {
		const coverage = new Coverage();
		coverage.add([row('2'), row('4')]);
		coverage.add([row('6'), row('8')]);
		coverage.end();
		const answers = ['1', '3', '5', '7', '9'].map((start) => coverage.covers(id(start)));
		expect(answers).toEqual([true, true, false, true, true]);
	});

	it('speaks for none when the pages are not sorted', () => {
		const coverage = new Coverage();
		coverage.add([row('4'), row('2')]);
		coverage.end();
		expect(coverage.covers(id('3'))).toBe(false);
	});

	it('speaks for all when the fleet is empty, and for none after a restart', () => {
		const coverage = new Coverage();
		coverage.add([]);
		coverage.end();
		expect(coverage.covers(id('3'))).toBe(true);
		coverage.restart();
		expect(coverage.covers(id('3'))).toBe(false);
	});
});

describe('the stored state of 50,000 devices', () => {
	const sizes: Array<[name: string, wish: DeviceSettings, bytes: number]> = [
		[
			'enrolled, checked-in and removed ids',
			wishFor(['deviceEnrolled', 'deviceCheckedIn', 'deviceRemoved'], { keepSerialNumbers: false }),
			1_500_000,
		],
		[
			'changed fields and serial numbers',
			wishFor(['deviceEnrolled', 'deviceChanged', 'deviceRemoved']),
			4_000_000,
		],
	];
	it.each(sizes)('%s are under the promised size', async (_, wish, bytes) => {
		const tenant = await startTenant({ devices: 50_000 });
		const watch = new FleetDiff(undefined, wish, 'm');
		for (const device of tenant.state.devices.values()) {
			watch.add(fleetId({ ...device })!, { ...device }, NOW);
		}
		await tenant.close();
		const { fleet } = watch.finish(() => true, 10);
		const devices = packFleet(fleet, columnsFor(wish));
		const state = storedState({ fingerprint: '0123456789abcdef', pollId: NOW, devices, feeds: {} });
		const size = storedBytes({ state: JSON.parse(JSON.stringify(state)) });
		expect(size).toBeLessThan(bytes);
		expect(unpackFleet(devices)).toEqual(fleet);
	});
});
