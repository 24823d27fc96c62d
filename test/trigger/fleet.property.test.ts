import fc from 'fast-check';

import type { Change } from '../../nodes/Kandji/trigger/devices/changes';
import { packFleet, unpackFleet } from '../../nodes/Kandji/trigger/devices/pack';
import { fleetId, type Fleet, type WatchedField } from '../../nodes/Kandji/trigger/devices/record';
import { FleetDiff } from '../../nodes/Kandji/trigger/devices/diff';
import { columnsFor, type DeviceSettings } from '../../nodes/Kandji/trigger/devices/deviceSettings';
import { deviceEventNames, type TriggerEvent } from '../../nodes/Kandji/trigger/events';
import type { Row } from '../../nodes/Kandji/trigger/row';
import { offset, spaced, spacedZoneless, zoneless, zulu } from '../../simulator/tenant/state/dates';

const START = Date.UTC(2026, 0, 15);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 3;

/** A device as the model keeps it. */
interface Model {
	checkIn: number | null;
	enrollment: number;
	os_version: string;
	user: string;
	tags: string[];
	is_removed: boolean;
}

type World = Map<number, Model>;

const forms = [zulu, offset, spaced, zoneless, spacedZoneless];

const idOf = (key: number) => `${String(key).padStart(8, '0')}-0000-4000-8000-000000000000`;

/** The API's record of a device, in any of the forms that the same values have. */
const rowOf = (key: number, { checkIn, enrollment, user, ...model }: Model, form: number): Row => ({
	device_id: idOf(key),
	serial_number: `S${key}`,
	last_check_in: checkIn === null ? '' : forms[form % 5]!(checkIn),
	last_enrollment: forms[(form + 2) % 5]!(enrollment),
	...model,
	tags: form % 2 === 0 ? model.tags : [...model.tags].reverse(),
	user:
		user === ''
			? form % 2 === 0
				? ''
				: null
			: { id: user, name: user, email: `${user}@acme.example` },
	is_missing: false,
});

const watched: WatchedField[] = ['os_version', 'tags', 'user'];

const settings: DeviceSettings = {
	events: new Set(deviceEventNames),
	watchedFields: watched,
	days: DAYS,
	emitExisting: false,
	keepSerialNumbers: true,
	startsToMatch: true,
	matches: () => true,
};

const isInactive = ({ checkIn, enrollment, is_removed }: Model, now: number) =>
	!is_removed && Math.floor((now - (checkIn ?? enrollment)) / DAY) >= DAYS;

const fieldsOf = ({ os_version, tags, user }: Model) => ({
	os_version,
	tags: [...tags].sort().join(),
	user,
});

/** The events between two states of the world, as texts. */
function differences(before: World, after: World, then: number, now: number): string[] {
	const emitted: string[] = [];
	for (const [key, is] of after) {
		const was = before.get(key);
		if (was === undefined) {
			if (!is.is_removed) emitted.push(`deviceEnrolled ${key}`);
			if (is.checkIn !== null) emitted.push(`deviceCheckedIn ${key}`);
		} else {
			if (is.enrollment > was.enrollment) emitted.push(`deviceReEnrolled ${key}`);
			if (is.checkIn !== null && is.checkIn > (was.checkIn ?? 0))
				emitted.push(`deviceCheckedIn ${key}`);
			if (is.is_removed && !was.is_removed) emitted.push(`deviceRemoved ${key}`);
			const [old, current] = [fieldsOf(was), fieldsOf(is)];
			const changed = watched.filter((field) => {
				const name = field as keyof typeof old;
				return old[name] !== current[name];
			});
			const changes = changed.map((field) => {
				const name = field as keyof typeof old;
				return `${name} ${old[name]} to ${current[name]}`;
			});
			if (changes.length > 0) emitted.push(`deviceChanged ${key} ${changes.join()}`);
		}
		const isSame = was !== undefined && isInactive(was, then) && was.checkIn === is.checkIn;
		if (isInactive(is, now) && !isSame) emitted.push(`deviceNotSeen ${key}`);
	}
	for (const [key, was] of before) {
		if (!after.has(key) && !was.is_removed) emitted.push(`deviceRemoved ${key}`);
	}
	return emitted.sort();
}

const shown = (value: Change['from']): string =>
	Array.isArray(value) ? value.join() : String(value ?? '').replace('@acme.example', '');

const asText = ({ event, record, details }: TriggerEvent): string => {
	const key = Number(String(record.device_id).slice(0, 8));
	const fields = details?.changed_fields as string[] | undefined;
	const changes = details?.changes as Change[] | undefined;
	const texts = changes?.map(
		({ from, to }, index) => `${fields?.[index]} ${shown(from)} to ${shown(to)}`,
	);
	return [event, key, ...(texts === undefined ? [] : [texts.join()])].join(' ');
};

const key = fc.integer({ min: 0, max: 9 });

type Step =
	| { do: 'add' | 'remove' | 'checkIn' | 'reEnroll' | 'unmanage'; key: number }
	| { do: 'change'; key: number; field: 'os_version' | 'user' | 'tags'; value: string }
	| { do: 'wait'; hours: number }
	| { do: 'poll' | 'fail' | 'restart'; form: number };

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({
		do: fc.constantFrom<'add' | 'remove' | 'checkIn' | 'reEnroll' | 'unmanage'>(
			'add',
			'remove',
			'checkIn',
			'reEnroll',
			'unmanage',
		),
		key,
	}),
	fc.record({
		do: fc.constant<'change'>('change'),
		key,
		field: fc.constantFrom<'os_version' | 'user' | 'tags'>('os_version', 'user', 'tags'),
		value: fc.constantFrom('a', 'b', 'c'),
	}),
	fc.record({ do: fc.constant<'wait'>('wait'), hours: fc.integer({ min: 1, max: 60 }) }),
	fc.record({
		do: fc.constantFrom<'poll' | 'fail' | 'restart'>('poll', 'poll', 'poll', 'fail', 'restart'),
		form: fc.integer({ min: 0, max: 9 }),
	}),
);

function change(world: World, action: Step, now: number): void {
	if (action.do === 'add' && !world.has(action.key)) {
		world.set(action.key, {
			checkIn: action.key % 3 === 0 ? null : now,
			enrollment: now,
			os_version: 'a',
			user: '',
			tags: [],
			is_removed: false,
		});
	}
	if (!('key' in action)) return;
	const device = world.get(action.key);
	if (device === undefined) return;
	if (action.do === 'remove') world.delete(action.key);
	if (action.do === 'checkIn') device.checkIn = now;
	if (action.do === 'reEnroll') Object.assign(device, { enrollment: now, is_removed: false });
	if (action.do === 'unmanage') device.is_removed = true;
	if (action.do === 'change') {
		if (action.field === 'tags') device.tags = [action.value, 'z'];
		else device[action.field] = action.value;
	}
}

const copy = (world: World): World =>
	new Map([...world].map(([id, model]) => [id, { ...model, tags: [...model.tags] }]));

/** One sweep, from the packed state to the packed state. */
function sweep(
	before: Fleet | undefined,
	world: World,
	{
		now,
		form,
		pollId,
		limit = Infinity,
	}: { now: number; form: number; pollId: string; limit?: number },
) {
	const diff = new FleetDiff(before, settings, pollId);
	for (const [id, model] of world) {
		const row = rowOf(id, model, form);
		diff.add(fleetId(row)!, row, now);
	}
	return diff.finish(() => true, limit);
}

describe('the emitted events are the true differences', () => {
	it('whatever happens to the fleet, across failures and restarts', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 80 }), async (steps) => {
				const world: World = new Map();
				let now = START;
				let pollId = 0;
				let known: { fleet: Fleet; world: World; now: number } | undefined;
				const ids = new Set<string>();
				for (const action of steps) {
					now += 1000;
					if (action.do === 'wait') now += action.hours * HOUR;
					change(world, action, now);
					if (action.do === 'restart' && known !== undefined) {
						const stored = JSON.stringify(await packFleet(known.fleet, columnsFor(settings)));
						known.fleet = await unpackFleet(JSON.parse(stored));
					}
					if (action.do !== 'poll' && action.do !== 'fail') continue;
					const options = { now, form: action.form, pollId: String(pollId) };
					const { fleet, events } = sweep(known?.fleet, world, options);
					// The outcome of a failed poll is discarded.
					if (action.do === 'fail') continue;
					const expected =
						known === undefined ? [] : differences(known.world, world, known.now, now);
					expect(events.map(asText).sort()).toEqual(expected);
					for (const { event_id } of events) {
						expect(ids.has(event_id)).toBe(false);
						ids.add(event_id);
					}
					if (events.length > 0) pollId++;
					known = { fleet, world: copy(world), now };
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('a backlog is emitted completely, in parts', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(step, { maxLength: 40 }),
				fc.array(step, { maxLength: 40 }),
				fc.integer({ min: 1, max: 4 }),
				async (first, second, limit) => {
					const world: World = new Map();
					let now = START;
					for (const action of first) change(world, action, (now += 1000));
					let { fleet } = sweep(undefined, world, { now, form: 0, pollId: '' });
					const before = copy(world);
					const then = now;
					for (const action of second) change(world, action, (now += 1000));
					const emitted: string[] = [];
					for (let round = 0; ; round++) {
						const step_ = sweep(fleet, world, { now, form: round, pollId: String(round), limit });
						if (step_.events.length === 0) break;
						fleet = await unpackFleet(await packFleet(step_.fleet, columnsFor(settings)));
						emitted.push(...step_.events.map(asText));
						expect(round).toBeLessThan(60);
					}
					expect(emitted.sort()).toEqual(differences(before, world, then, now));
				},
			),
			{ numRuns: 200 },
		);
	});
});

describe('a device that enrolls again under a new ID', () => {
	/** What happens to one of a few devices, each with its serial number; polls may miss that a record is gone. */
	type Move =
		| { do: 'enroll' | 'check in'; serial: number }
		| { do: 'delete' | 'unmanage' | 'leave' | 'join'; serial: number; age: number }
		| { do: 'poll'; limit: number; isSure: boolean };

	interface Entry {
		serial: number;
		id: number;
		enrollment: number;
		checkIn: number;
		isIn: boolean;
		is_removed: boolean;
	}

	const serial = fc.integer({ min: 0, max: 2 });
	const move: fc.Arbitrary<Move> = fc.oneof(
		fc.record({ do: fc.constantFrom<'enroll' | 'check in'>('enroll', 'check in'), serial }),
		fc.record({
			do: fc.constantFrom<'delete' | 'unmanage' | 'leave' | 'join'>(
				'delete',
				'unmanage',
				'leave',
				'join',
			),
			serial,
			age: fc.integer({ min: 0, max: 2 }),
		}),
		fc.record({
			do: fc.constant<'poll'>('poll'),
			limit: fc.constantFrom(1, 2, Infinity),
			isSure: fc.boolean(),
		}),
	);
	const limited: DeviceSettings = {
		...settings,
		events: new Set(['deviceEnrolled', 'deviceRemoved', 'deviceCheckedIn']),
		matches: ({ blueprint_id }) => blueprint_id === 'in',
	};
	const row = ({ id, serial: own, enrollment, checkIn, isIn, is_removed }: Entry): Row => ({
		device_id: idOf(id),
		serial_number: `S${own}`,
		last_enrollment: zulu(enrollment),
		last_check_in: zulu(checkIn),
		blueprint_id: isIn ? 'in' : 'out',
		is_removed,
	});

	/** The newest record is known already, while an older one still waits for its event. */
	const waitingForItsEvent: Move[] = [
		{ do: 'enroll', serial: 0 },
		{ do: 'poll', limit: 1, isSure: false },
		{ do: 'enroll', serial: 1 },
		{ do: 'enroll', serial: 0 },
		{ do: 'enroll', serial: 1 },
		{ do: 'enroll', serial: 1 },
		{ do: 'leave', serial: 1, age: 0 },
		{ do: 'poll', limit: 1, isSure: false },
		{ do: 'delete', serial: 0, age: 0 },
		{ do: 'delete', serial: 0, age: 0 },
		{ do: 'poll', limit: 1, isSure: false },
	];

	it('is never told as removed after it was told as enrolled, in whatever order it is polled', async () => {
		let replaced = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(move, { minLength: 6, maxLength: 60 }), async (moves) => {
				const entries = new Map<number, Entry>();
				let [now, nextId, polls] = [START, 0, 0];
				let fleet: Fleet | undefined;
				/** The newest record that was told as enrolled, by serial number. */
				const told = new Map<string, number>();
				const removedOnce = new Set<number>();
				for (const action of moves) {
					now += 1000;
					if (action.do === 'poll') {
						const diff = new FleetDiff(fleet, limited, String(polls++));
						for (const entry of entries.values()) diff.add(fleetId(row(entry))!, row(entry), now);
						const step = diff.finish(() => action.isSure, action.limit);
						fleet = await unpackFleet(await packFleet(step.fleet, columnsFor(limited)));
						for (const { event, record, details } of step.events) {
							const id = Number(String(record.device_id).slice(0, 8));
							const own = String(record.serial_number);
							if (event === 'deviceEnrolled') told.set(own, Math.max(id, told.get(own) ?? 0));
							if (event !== 'deviceRemoved') continue;
							expect(told.get(own) ?? 0).toBeLessThanOrEqual(id);
							expect(removedOnce.has(id)).toBe(false);
							removedOnce.add(id);
							const holder = [...entries.values()].findLast(
								(other) => `S${other.serial}` === own && !other.is_removed && other.id !== id,
							);
							expect(details?.replaced_by).toBe(holder && idOf(holder.id));
							if (holder) replaced++;
						}
						continue;
					}
					const records = [...entries.values()].filter((entry) => entry.serial === action.serial);
					if (action.do === 'enroll') {
						const id = ++nextId;
						const times = { enrollment: now, checkIn: now };
						entries.set(id, { serial: action.serial, id, ...times, isIn: true, is_removed: false });
					} else if (action.do === 'check in') {
						const current = records.at(-1);
						if (current !== undefined) current.checkIn = now;
					} else {
						const entry = 'age' in action ? records.at(-1 - action.age) : undefined;
						if (entry === undefined) continue;
						if (action.do === 'delete') entries.delete(entry.id);
						else if (action.do === 'unmanage') entry.is_removed = true;
						else entry.isIn = action.do === 'join';
					}
				}
			}),
			{ numRuns: 1000, examples: [[waitingForItsEvent]] },
		);
		expect(replaced).toBeGreaterThan(100);
	});
});
