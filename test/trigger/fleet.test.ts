import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { Coverage } from '../../nodes/Kandji/trigger/devices/coverage';
import { packFleet, unpackFleet } from '../../nodes/Kandji/trigger/devices/pack';
import { fleetId, watchedFields, type Fleet } from '../../nodes/Kandji/trigger/devices/record';
import { FleetDiff } from '../../nodes/Kandji/trigger/devices/diff';
import { columnsFor, type DeviceSettings } from '../../nodes/Kandji/trigger/devices/deviceSettings';
import type { DeviceEvent, TriggerEvent } from '../../nodes/Kandji/trigger/events';
import type { Row } from '../../nodes/Kandji/trigger/row';
import { storedState } from '../../nodes/Kandji/trigger/state';
import { storedBytes } from './support';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 15);

const settingsFor = (
	events: DeviceEvent[],
	more: Partial<DeviceSettings> = {},
): DeviceSettings => ({
	events: new Set(events),
	watchedFields,
	days: 30,
	emitExisting: false,
	keepSerialNumbers: true,
	startsToMatch: true,
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
	pollId?: string;
	isGone?: (id: string) => boolean;
	time?: number;
}

/** One complete sweep over `rows`. */
function sweep(
	settings: DeviceSettings,
	before: Fleet | undefined,
	rows: Row[],
	options: Options = {},
) {
	const { limit = 1000, pollId = 'm', isGone = () => true, time = NOW } = options;
	const diff = new FleetDiff(before, settings, pollId);
	for (const row of rows) diff.add(fleetId(row)!, row, time);
	return diff.finish(isGone, limit);
}

const names = (events: TriggerEvent[]) => events.map(({ event }) => event);

describe('FleetDiff', () => {
	it('starts over when the sweep does', () => {
		const settings = settingsFor(['deviceEnrolled']);
		const diff = new FleetDiff(new Map(), settings, 'm');
		const [first, second] = [makeDevice(), makeDevice()];
		diff.add(fleetId(first)!, first, NOW);
		diff.restart();
		diff.add(fleetId(second)!, second, NOW);
		const { fleet, events } = diff.finish(() => true, 10);
		expect([...fleet.keys()]).toEqual([fleetId(second)]);
		expect(events.map(({ record }) => record)).toEqual([second]);
	});

	it('emits the oldest first, as many as fit, and the rest next time', () => {
		const settings = settingsFor(['deviceEnrolled', 'deviceRemoved', 'deviceChanged']);
		const old = Array.from({ length: 3 }, () => makeDevice({ serial_number: randomUUID() }));
		let { fleet } = sweep(settings, undefined, old);
		const changed = { ...old[0]!, device_name: 'New', last_check_in: iso(NOW - 5 * DAY) };
		const added = Array.from({ length: 7 }, (_, index) =>
			makeDevice({ serial_number: '', last_enrollment: iso(NOW - index * DAY) }),
		);
		const rows = [changed, old[1]!, ...added];
		const emitted: TriggerEvent[][] = [];
		for (let round = 0; round < 5; round++) {
			const step = sweep(settings, fleet, rows, { limit: 2, pollId: String(round) });
			fleet = step.fleet;
			emitted.push(step.events);
		}
		expect(emitted.map(({ length }) => length)).toEqual([2, 2, 2, 2, 1]);
		const enrolled = emitted.flat().filter(({ event }) => event === 'deviceEnrolled');
		expect(enrolled.map(({ record }) => record)).toEqual(added.reverse());
		expect(new Set(emitted.flat().map(({ event_id }) => event_id)).size).toBe(9);
	});

	describe('devices that were not known and enrolled before the baseline', () => {
		const settings = settingsFor([
			'deviceCheckedIn',
			'deviceEnrolled',
			'deviceNotSeen',
			'deviceRemoved',
		]);
		const enrolledAt = (time: number) =>
			makeDevice({ serial_number: randomUUID(), last_enrollment: iso(time) });
		const many = (count: number) => Array.from({ length: count }, () => enrolledAt(NOW - 40 * DAY));
		const later = (before: Fleet, rows: Row[], more: Partial<DeviceSettings> = {}) => {
			const diff = new FleetDiff(before, { ...settings, ...more }, 'm', NOW - DAY);
			for (const row of rows) diff.add(fleetId(row)!, row, NOW);
			return diff.finish(() => true, Infinity);
		};
		const [first, second, third, ...others] = many(650);
		const { fleet: few } = sweep(settings, undefined, [first!, second!, third!]);

		it.each<[name: string, before: Fleet, rows: Row[]]>([
			['all of them', new Map(), many(650)],
			['one of them', new Map(), many(1)],
			['all but three', few, [first!, second!, third!, ...others]],
		])('are known from now on, without any event: %s', (_, before, rows) => {
			const { events, fleet, lateExisting } = later(before, rows);
			expect(events).toEqual([]);
			expect(lateExisting).toBe(rows.length - before.size);
			expect(fleet.size).toBe(rows.length);
			expect(names(sweep(settings, fleet, rows.slice(1)).events)).toEqual(['deviceRemoved']);
		});

		it('do not hide one that enrolled since', () => {
			const fresh = enrolledAt(NOW - DAY / 2);
			const { events } = later(new Map(), [...many(650), fresh]);
			expect(new Set(events.map(({ record }) => record))).toEqual(new Set([fresh]));
			expect(names(events)).toContain('deviceEnrolled');
		});

		it('are enrolled when they are few, when they have no date, and when existing devices are wanted', () => {
			const enrolled = (events: TriggerEvent[]) =>
				names(events).filter((name) => name === 'deviceEnrolled').length;
			const known = [first!, second!, third!];
			expect(enrolled(later(few, [...known, ...many(2)]).events)).toBe(2);
			const undated = Array.from({ length: 650 }, () =>
				makeDevice({ serial_number: '', last_enrollment: '' }),
			);
			expect(enrolled(later(few, [...known, ...undated]).events)).toBe(650);
			expect(enrolled(later(new Map(), many(650), { emitExisting: true }).events)).toBe(650);
		});
	});

	it('keeps a device that may have slipped through', () => {
		const settings = settingsFor(['deviceRemoved', 'deviceEnrolled']);
		const device = makeDevice();
		const { fleet } = sweep(settings, undefined, [device]);
		const unsure = sweep(settings, fleet, [], { isGone: () => false });
		expect(unsure.events).toEqual([]);
		expect(names(sweep(settings, unsure.fleet, [device]).events)).toEqual([]);
		expect(names(sweep(settings, unsure.fleet, []).events)).toEqual(['deviceRemoved']);
	});

	describe('a device that enrolls again under a new ID', () => {
		const settings = settingsFor(['deviceEnrolled', 'deviceRemoved', 'deviceChanged']);
		const old = makeDevice({ serial_number: 'c02xl0gtjgh5 ' });
		const { fleet } = sweep(settings, undefined, [old]);
		const texts = (events: TriggerEvent[]) =>
			events.map(({ event, record, details }) => [event, record.device_id, details?.replaced_by]);

		it.each([
			['deleted', [], iso(NOW)],
			['deleted, while the date of the enrollment is unknown', [], ''],
			[
				'marked as removed',
				[{ ...old, is_removed: true, last_check_in: iso(NOW) }],
				iso(NOW - DAY),
			],
		])('is removed first, when the old record is %s', (_, left, last_enrollment) => {
			const added = makeDevice({ last_enrollment });
			const unrelated = makeDevice({ serial_number: 'OTHER' });
			const { events } = sweep(settings, fleet, [added, unrelated, ...left]);
			const own = texts(events).filter(([, id]) => id !== unrelated.device_id);
			expect(own.slice(0, 1)).toEqual([['deviceRemoved', old.device_id, added.device_id]]);
			expect(own.at(-1)).toEqual(['deviceEnrolled', added.device_id, undefined]);
		});

		it('is removed first when only one event is emitted at a time', () => {
			const added = makeDevice({ last_enrollment: '' });
			const first = sweep(settings, fleet, [added], { limit: 1 });
			expect(names(first.events)).toEqual(['deviceRemoved']);
			expect(names(sweep(settings, first.fleet, [added]).events)).toEqual(['deviceEnrolled']);
		});

		it('waits until it is certain whether the old record is gone', () => {
			const added = makeDevice();
			const unsure = sweep(settings, fleet, [added], { isGone: () => false });
			expect(unsure.events).toEqual([]);
			const stillThere = sweep(settings, unsure.fleet, [added, old]);
			expect(names(stillThere.events)).toEqual(['deviceRemoved', 'deviceEnrolled']);
			expect(names(sweep(settings, unsure.fleet, [added]).events)).toEqual([
				'deviceRemoved',
				'deviceEnrolled',
			]);
		});

		it('is removed first while its old record stays in the list, and never again', () => {
			const added = makeDevice();
			const both = sweep(settings, fleet, [added, old]);
			expect(texts(both.events)).toEqual([
				['deviceRemoved', old.device_id, added.device_id],
				['deviceEnrolled', added.device_id, undefined],
			]);
			for (const left of [[added], [added, { ...old, is_removed: true }]]) {
				expect(names(sweep(settings, both.fleet, left).events)).not.toContain('deviceRemoved');
			}
			const later = sweep(settings, both.fleet, [added, old]);
			expect(later.events).toEqual([]);
			expect(sweep(settings, later.fleet, [added]).events).toEqual([]);
		});

		it('is named by its old record when neither was told as enrolled', () => {
			const added = makeDevice({ last_enrollment: iso(NOW) });
			const both = sweep(settings, undefined, [old, added]);
			expect(texts(sweep(settings, both.fleet, [added]).events)).toEqual([
				['deviceRemoved', old.device_id, added.device_id],
			]);
		});

		it('is not taken for one of several devices that are in use under one serial number', () => {
			const placeholder = { serial_number: 'Default string', last_enrollment: iso(NOW - DAY) };
			const inUse = [makeDevice(placeholder), makeDevice(placeholder)];
			const several = sweep(settings, undefined, inUse);
			const added = makeDevice({ ...placeholder, last_enrollment: iso(NOW - DAY / 12) });
			const step = sweep(settings, several.fleet, [...inUse, added]);
			expect(texts(step.events)).toEqual([['deviceEnrolled', added.device_id, undefined]]);
			const [gone, ...others] = [...inUse, added];
			expect(texts(sweep(settings, step.fleet, others).events)).toEqual([
				['deviceRemoved', gone!.device_id, undefined],
			]);
		});

		it.each([
			['another serial number', { serial_number: 'C02XL0GTJGH6' }],
			['none', { serial_number: '' }],
			['a Kelvin sign in it', { serial_number: 'C02XL0GTJGH5\u212a' }],
			['been removed as well', { is_removed: true }],
		])('is not taken for a device that has %s', (_, fields) => {
			const { events } = sweep(settings, fleet, [makeDevice(fields)]);
			expect(texts(events)).toContainEqual(['deviceRemoved', old.device_id, undefined]);
		});
	});

	describe('a device that starts to match the filters', () => {
		const events: DeviceEvent[] = ['deviceEnrolled', 'deviceNotSeen', 'deviceRemoved'];
		const matches = (row: Row) => row.blueprint_id === 'wanted';
		const inactive = { last_check_in: iso(NOW - 40 * DAY) };
		const other = makeDevice({ ...inactive, blueprint_id: 'other' });
		const wanted = { ...other, blueprint_id: 'wanted' };

		it('is enrolled and not seen then, once each time, and never removed when it stops to match', () => {
			const settings = settingsFor(events, { matches });
			const emitted: TriggerEvent[] = [];
			let fleet: Fleet | undefined;
			for (const [poll, row] of [other, other, wanted, wanted, other, wanted].entries()) {
				const step = sweep(settings, fleet, [row], { pollId: String(poll) });
				fleet = step.fleet;
				emitted.push(...step.events);
			}
			expect(names(emitted)).toEqual(['deviceEnrolled', 'deviceNotSeen', 'deviceEnrolled']);
			expect(emitted[0]!.details).toEqual({ started_to_match: true });
			expect(new Set(emitted.map(({ event_id }) => event_id)).size).toBe(3);
			expect(names(sweep(settings, fleet, []).events)).toEqual(['deviceRemoved']);
		});

		it('is not told when that is turned off', () => {
			const settings = settingsFor(events, { matches, startsToMatch: false });
			const { fleet } = sweep(settings, undefined, [other]);
			expect(sweep(settings, fleet, [wanted]).events).toEqual([]);
		});

		it('is enrolled when it gets to match after it enrolled', () => {
			const settings = settingsFor(events, { matches });
			const { fleet } = sweep(settings, undefined, []);
			const fresh = makeDevice({ blueprint_id: '' });
			const first = sweep(settings, fleet, [fresh]);
			expect(first.events).toEqual([]);
			const second = sweep(settings, first.fleet, [{ ...fresh, blueprint_id: 'wanted' }]);
			expect(names(second.events)).toEqual(['deviceEnrolled']);
		});

		it('is not enrolled when it is removed', () => {
			const settings = settingsFor(events, { matches });
			const { fleet } = sweep(settings, undefined, [other]);
			const { events: found } = sweep(settings, fleet, [{ ...wanted, is_removed: true }]);
			expect(names(found)).toEqual(['deviceRemoved']);
		});
	});

	it('ignores a date from a clock that was ahead as soon as it is corrected', () => {
		const settings = settingsFor(['deviceCheckedIn', 'deviceNotSeen']);
		const device = makeDevice({ last_check_in: iso(NOW + 400 * DAY) });
		const { fleet } = sweep(settings, undefined, [device]);
		const right = { ...device, last_check_in: iso(NOW) };
		const step = sweep(settings, fleet, [right]);
		expect(names(step.events)).toEqual(['deviceCheckedIn']);
		// A date that goes back without having been in the future is an old copy of the record.
		const stale = { ...device, last_check_in: iso(NOW - DAY) };
		expect(sweep(settings, step.fleet, [stale]).events).toEqual([]);
	});

	it.each([
		[4, []],
		[6, ['deviceCheckedIn']],
	])('tolerates a clock that was %d minutes ahead if that is little', (minutes, expected) => {
		const settings = settingsFor(['deviceCheckedIn']);
		const device = makeDevice({ last_check_in: iso(NOW + minutes * 60_000) });
		const { fleet } = sweep(settings, undefined, [device]);
		const earlier = { ...device, last_check_in: iso(NOW) };
		expect(names(sweep(settings, fleet, [earlier]).events)).toEqual(expected);
	});

	it('detects the first check-in of a device that had none', () => {
		const settings = settingsFor(['deviceCheckedIn', 'deviceEnrolled']);
		const device = makeDevice({ last_check_in: '' });
		const { fleet } = sweep(settings, undefined, [device]);
		expect(names(sweep(settings, fleet, [device]).events)).toEqual([]);
		const checkedIn = { ...device, last_check_in: iso(NOW) };
		expect(names(sweep(settings, fleet, [checkedIn]).events)).toEqual(['deviceCheckedIn']);
	});

	it('continues from a state with other columns without comparing what was not stored', () => {
		const device = makeDevice();
		const { fleet } = sweep(settingsFor(['deviceEnrolled']), undefined, [device]);
		const settings = settingsFor([
			'deviceChanged',
			'deviceCheckedIn',
			'deviceEnrolled',
			'deviceNotSeen',
			'deviceReEnrolled',
			'deviceRemoved',
		]);
		const first = sweep(settings, fleet, [device]);
		expect(first.events).toEqual([]);
		const changed = { ...device, os_version: '26.1', last_check_in: iso(NOW) };
		expect(names(sweep(settings, first.fleet, [changed]).events)).toEqual([
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

	it('covers ids within a page, before the first and after the last, not those between pages', () => {
		const coverage = new Coverage();
		coverage.add([row('2'), row('4')]);
		coverage.add([row('6'), row('8')]);
		coverage.end();
		const answers = ['1', '3', '5', '7', '9'].map((start) => coverage.covers(id(start)));
		expect(answers).toEqual([true, true, false, true, true]);
	});

	it('covers nothing when the pages are not sorted', () => {
		const coverage = new Coverage();
		coverage.add([row('4'), row('2')]);
		coverage.end();
		expect(coverage.covers(id('3'))).toBe(false);
	});

	it('covers everything when the list is empty, and nothing after a restart', () => {
		const coverage = new Coverage();
		coverage.add([]);
		coverage.end();
		expect(coverage.covers(id('3'))).toBe(true);
		coverage.restart();
		expect(coverage.covers(id('3'))).toBe(false);
	});
});

describe('the stored state of 50,000 devices', () => {
	const sizes: Array<[name: string, settings: DeviceSettings, bytes: number]> = [
		[
			'enrolled, checked-in and removed ids',
			settingsFor(['deviceEnrolled', 'deviceCheckedIn', 'deviceRemoved'], {
				keepSerialNumbers: false,
			}),
			1_500_000,
		],
		[
			'changed fields and serial numbers',
			settingsFor(['deviceEnrolled', 'deviceChanged', 'deviceRemoved']),
			4_000_000,
		],
	];
	const random = (length: number) => randomBytes(length).toString('hex').slice(0, length);
	const rows = Array.from({ length: 50_000 }, (_, index) =>
		makeDevice({
			serial_number: random(12).toUpperCase(),
			device_name: `MacBook ${random(8)}`,
			asset_tag: `ACME-${random(6)}`,
			blueprint_id: randomUUID().slice(0, 1),
			os_version: `26.${index % 7}.${index % 3}`,
			tags: ['office', `floor-${index % 30}`],
			user: { id: randomUUID(), name: random(12), email: `${random(12)}@acme.example` },
		}),
	);

	it.each(sizes)('stays below the promised size with %s', async (_, settings, bytes) => {
		const diff = new FleetDiff(undefined, settings, 'm');
		for (const row of rows) diff.add(fleetId(row)!, row, NOW);
		const { fleet } = diff.finish(() => true, 10);
		const devices = await packFleet(fleet, columnsFor(settings));
		const state = storedState({ fingerprint: '0123456789abcdef', pollId: NOW, devices, feeds: {} });
		expect(storedBytes({ state: { ...state } })).toBeLessThan(bytes);
		expect(isDeepStrictEqual(await unpackFleet(devices), fleet)).toBe(true);
	});
});
