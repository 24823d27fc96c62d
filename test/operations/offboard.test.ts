import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { findErase } from '../../nodes/Kandji/resources/user/offboardSteps';
import { byId, onTenant } from './onTenant';
import { deviceUser } from '../../simulator/tenant/state/people';
import type { Device } from '../../simulator/tenant/state/types';

const lock = 'POST /api/v1/devices/{device_id}/action/lock';
const erase = 'POST /api/v1/devices/{device_id}/action/erase';
const note = 'POST /api/v1/devices/{device_id}/notes';
const unassign = 'PATCH /api/v1/devices/{device_id}';
const deleteUser = 'DELETE /api/v1/users/{user_id}';
const fields = { note: 'Offboarded, ticket 4711', lockMessage: 'Return me' };

describe('an erase that an earlier run sent', () => {
	const enrolled = '2026-03-01 10:00:00+00:00';
	const command = (date_requested: unknown, status = 1, type = 'EraseDevice'): IDataObject =>
		({ request_type: type, command_type: type, status, date_requested }) as IDataObject;
	const managed = { last_enrollment: enrolled, mdm_enabled: true };

	it.each<[string, IDataObject[], IDataObject, string | undefined]>([
		['is found', [command('2026-03-01T10:00:01Z', 3)], managed, 'done before'],
		[
			'is found in every form of a date',
			[command('2026-03-01 12:00:00 +0100')],
			managed,
			'done before',
		],
		['is old', [command('2026-03-01T11:00:00+02:00', 3)], managed, undefined],
		['is found without a date', [command(null)], managed, 'done before'],
		['is found with a date that cannot be read', [command('yesterday')], managed, 'done before'],
		[
			'is found without a date of enrollment',
			[command('2020-01-01')],
			{ mdm_enabled: true },
			'done before',
		],
		['is found with an unknown status', [command('2026-03-02', 9)], managed, 'done before'],
		['failed on the device', [command('2026-03-02', 4)], managed, undefined],
		['is one of several', [command('2026-03-02', 4), command('x')], managed, 'done before'],
		['is none', [command('2026-03-02', 1, 'DeviceLock')], managed, undefined],
		['is not listed, but seen', [], { ...managed, mdm_enabled: false }, 'not possible'],
		['is not listed', [], { last_enrollment: enrolled }, undefined],
	])('%s', (_title, commands, device, status) => {
		expect(findErase(commands, device)?.status).toBe(status);
	});
});

describe('User › Offboard', () => {
	const kandji = onTenant('user');
	const { run, json } = kandji;
	const all = () => [...kandji.tenant.state.devices.values()];
	const user = () => [...kandji.tenant.state.users.values()].find(({ archived }) => !archived)!;
	const done = (operation: string) => kandji.tenant.counters.operations[operation]?.executed ?? 0;
	const writes = () => kandji.tenant.counters.log.filter(({ method }) => method !== 'GET').length;

	/** Gives the user exactly two devices, in the order of their ids. */
	const twoDevices = (platforms = ['Mac', 'Mac']): Device[] => {
		for (const device of all()) if (device.user && device.user.id === user().id) device.user = '';
		const taken: Device[] = [];
		for (const wanted of platforms) {
			const device = all().find((one) => one.platform === wanted && !taken.includes(one))!;
			device.user = deviceUser(user());
			taken.push(device);
		}
		return taken.sort((one, other) => (one.device_id < other.device_id ? -1 : 1));
	};
	const offboard = async (parameters: INodeParameters = {}) =>
		await run('offboard', { userId: byId(user().id), additionalFields: fields, ...parameters });
	/** The items of the steps, without the summary before them. */
	const stepsOf = (items: INodeExecutionData[]) =>
		items
			.slice(1)
			.map(
				({ json: { step, serial_number, status } }) =>
					`${String(step)} ${String(serial_number)}: ${String(status)}`,
			);

	it('locks and unassigns every device, adds a note, deletes the user, and keeps the PINs', async () => {
		const [one, two] = twoDevices() as [Device, Device];
		const { id, name, email } = user();
		const { items, error } = await offboard({ deleteUser: true });
		expect(error).toBeUndefined();
		const person = { user_id: id, user_name: name, user_email: email };
		expect(items[0]!.json).toEqual({
			step: 'offboard',
			status: 'done',
			...person,
			devices: 2,
			done: 7,
			done_before: 0,
			not_possible: 0,
			skipped: 0,
		});
		for (const { json: step } of items) expect(step).toMatchObject(person);
		expect(stepsOf(items)).toEqual([
			...[one, two].flatMap(({ serial_number: serial }) =>
				['lock', 'note', 'unassign'].map((step) => `${step} ${serial}: done`),
			),
			'delete user undefined: done',
		]);
		const { locks, notes, users } = kandji.tenant.state;
		expect(items[1]!.json).toMatchObject({
			device_id: one.device_id,
			device_name: one.device_name,
			PIN: locks.get(one.device_id),
		});
		expect(items[4]!.json.PIN).toBe(locks.get(two.device_id));
		expect(notes.get(one.device_id)!.at(-1)!.content).toBe(fields.note);
		expect([one.user, two.user]).toEqual(['', '']);
		expect(users.has(id)).toBe(false);
	});

	it('shows the plan in a dry run and changes nothing', async () => {
		const [one] = twoDevices(['Mac']) as [Device];
		const { items } = await offboard({
			deviceAction: 'erase',
			deleteUser: true,
			dryRun: true,
			confirmSerialNumbers: 'none yet',
		});
		const url = `/api/v1/devices/${one.device_id}`;
		const person = { user_id: user().id, user_name: user().name, user_email: user().email };
		const common = {
			device_id: one.device_id,
			serial_number: one.serial_number,
			device_name: one.device_name,
			status: 'planned',
			dry_run: true,
			...person,
		};
		expect(items.map((item) => item.json)).toEqual([
			{
				step: 'offboard',
				status: 'planned',
				...person,
				devices: 1,
				planned: 4,
				dry_run: true,
				summary: expect.stringMatching(
					/^Offboard user .+ \(.+@.+\), Device Action Erase, Delete User on, Lock Message Return me, Note /,
				),
			},
			{ step: 'erase', ...common, method: 'POST', path: `${url}/action/erase`, body: {} },
			{
				step: 'note',
				...common,
				method: 'POST',
				path: `${url}/notes`,
				body: { content: fields.note },
			},
			{ step: 'unassign', ...common, method: 'PATCH', path: url, body: { user: null } },
			{
				step: 'delete user',
				status: 'planned',
				dry_run: true,
				...person,
				method: 'DELETE',
				path: `/api/v1/users/${user().id}`,
				body: {},
			},
		]);
		expect(writes()).toBe(0);
	});

	it('stops at the first failure, says what is left, and continues in a second run', async () => {
		const [one, two] = twoDevices() as [Device, Device];
		const fault = kandji.tenant.faults.add({
			kind: 'status',
			status: 500,
			method: 'PATCH',
			path: `/api/v1/devices/${two.device_id}`,
		});
		const { error, items } = await offboard({ deleteUser: true });
		expect(items).toEqual([]);
		expect(error!.message).toMatch(
			new RegExp(`^Offboarding stopped at "unassign ${two.serial_number}": `),
		);
		expect(error!.description).toContain(
			`Done: lock ${one.serial_number}, note ${one.serial_number}, unassign ${one.serial_number}, lock ${two.serial_number}, note ${two.serial_number}. Remaining: unassign ${two.serial_number}, delete user. Run the item again`,
		);
		expect(error!.description).toContain('Get Unlock PIN');
		expect(error!.description).not.toContain(kandji.tenant.state.locks.get(two.device_id));
		expect(kandji.tenant.state.users.has(user().id)).toBe(true);

		kandji.tenant.faults.clear(fault);
		const again = await offboard({ deleteUser: true });
		expect(again.items[0]!.json).toMatchObject({ done: 2, done_before: 2 });
		expect(stepsOf(again.items)).toEqual([
			`lock ${two.serial_number}: done before`,
			`note ${two.serial_number}: done before`,
			`unassign ${two.serial_number}: done`,
			'delete user undefined: done',
		]);
		expect(again.items[1]!.json.PIN).toBe(kandji.tenant.state.locks.get(two.device_id));
		expect([done(lock), done(note), done(unassign), done(deleteUser)]).toEqual([2, 2, 2, 1]);
	});

	it('erases once, whatever fails afterwards', async () => {
		const [device] = twoDevices(['Mac']) as [Device];
		const erasing = {
			deviceAction: 'erase',
			confirmSerialNumbers: device.serial_number.toLowerCase(),
		};
		kandji.tenant.faults.add({
			kind: 'status',
			status: 500,
			method: 'POST',
			path: '*/notes',
			times: 1,
		});
		expect((await offboard(erasing)).error!.message).toMatch(/^Offboarding stopped at "note /);
		const again = await offboard(erasing);
		expect(stepsOf(again.items)).toEqual([
			`erase ${device.serial_number}: done before`,
			`note ${device.serial_number}: done`,
			`unassign ${device.serial_number}: done`,
		]);
		expect(done(erase)).toBe(1);
	});

	it('erases again if the device failed to run the first erase', async () => {
		const [device] = twoDevices(['Mac']) as [Device];
		const erasing = { deviceAction: 'erase', confirmSerialNumbers: device.serial_number };
		kandji.tenant.mutate({
			op: 'commandRules',
			rules: [{ action: 'erase', outcomes: ['fail'] }],
		});
		const fault = { kind: 'status', status: 500, method: 'POST', path: '*/notes' } as const;
		kandji.tenant.faults.add({ ...fault, times: 1 });
		expect((await offboard(erasing)).error!.message).toMatch(/^Offboarding stopped at "note /);
		kandji.tenant.mutate({ op: 'commandRules', rules: [] });
		const again = await offboard(erasing);
		expect(stepsOf(again.items)[0]).toBe(`erase ${device.serial_number}: done`);
		expect(done(erase)).toBe(2);
	});

	it('erases again a device that has enrolled again since', async () => {
		const [device] = twoDevices(['Mac']) as [Device];
		const erasing = { deviceAction: 'erase', confirmSerialNumbers: device.serial_number };
		await offboard(erasing);
		device.user = deviceUser(user());
		device.last_enrollment = new Date(Date.now() + 60_000).toISOString();
		expect((await offboard(erasing)).error).toBeUndefined();
		expect(done(erase)).toBe(2);
	});

	it('does not erase again while the list of commands lags behind', async () => {
		const [device] = twoDevices(['Mac']) as [Device];
		const erasing = { deviceAction: 'erase', confirmSerialNumbers: device.serial_number };
		await offboard({ ...erasing, additionalFields: {} });
		device.user = deviceUser(user());
		kandji.tenant.faults.add({
			kind: 'errorBody',
			path: '*/commands',
			body: { device_id: device.device_id, commands: { count: 0, results: [] } },
		});
		const { error } = await offboard(erasing);
		expect(error!.message).toBe(
			`Offboarding stopped at "erase ${device.serial_number}": Kandji does not manage the device any more, and lists no erase of it`,
		);
		const { items } = await offboard({
			...erasing,
			additionalFields: { skipUnsupportedDevices: true },
		});
		expect(stepsOf(items)).toEqual([
			`erase ${device.serial_number}: not possible`,
			`unassign ${device.serial_number}: done`,
		]);
		expect(done(erase)).toBe(1);
	});

	it.each([400, 500])(
		'takes a command that is running for done before if %d says so',
		async (status) => {
			const [device] = twoDevices(['Mac']) as [Device];
			kandji.tenant.faults.add({
				kind: 'status',
				status,
				method: 'POST',
				path: '*/action/*',
				body: { detail: 'Command already running' },
			});
			for (const deviceAction of ['lock', 'erase']) {
				const { error, items } = await offboard({
					deviceAction,
					...(deviceAction === 'erase' && { confirmSerialNumbers: device.serial_number }),
					additionalFields: {},
				});
				device.user = deviceUser(user());
				if (status === 500) expect(error!.message).toContain('Command already running');
				else expect(stepsOf(items)[0]).toMatch(/: done before$/);
			}
		},
	);

	describe('looks at the device again right before each step', () => {
		const change = (device: Device, fields: Partial<Device>, after = 0) =>
			kandji.tenant.faults.add({
				kind: 'mutate',
				late: true,
				path: after === 0 ? '/api/v1/devices' : '*/action/lock',
				times: 1,
				mutation: { op: 'updateDevice', device_id: device.device_id, fields },
			});
		const somebodyElse = () =>
			[...kandji.tenant.state.users.values()].find(({ id }) => id !== user().id)!;

		it('and leaves alone what has got to somebody else', async () => {
			const [one, two] = twoDevices() as [Device, Device];
			change(one, { user: deviceUser(somebodyElse()) });
			const { items } = await offboard({ additionalFields: fields });
			expect(stepsOf(items)).toEqual([
				...['lock', 'note', 'unassign'].map((step) => `${step} ${one.serial_number}: skipped`),
				...['lock', 'note', 'unassign'].map((step) => `${step} ${two.serial_number}: done`),
			]);
			expect(items[0]!.json).toMatchObject({ done: 3, skipped: 3 });
			expect(items[1]!.json.reason).toBe('The device is assigned to somebody else now');
			expect(one.user).toMatchObject({ id: somebodyElse().id });
		});

		it('and does not unassign what was assigned anew after the lock', async () => {
			const [one] = twoDevices(['Mac']) as [Device];
			change(one, { user: deviceUser(somebodyElse()) }, 1);
			const { items } = await offboard({ additionalFields: {} });
			expect(stepsOf(items)).toEqual([
				`lock ${one.serial_number}: done`,
				`unassign ${one.serial_number}: skipped`,
			]);
			expect(done(unassign)).toBe(0);
		});

		it('and counts as done what somebody else unassigned', async () => {
			const [one] = twoDevices(['Mac']) as [Device];
			change(one, { user: null }, 1);
			const { items } = await offboard({ additionalFields: {} });
			expect(stepsOf(items)).toEqual([
				`lock ${one.serial_number}: done`,
				`unassign ${one.serial_number}: done before`,
			]);
		});

		it('and skips what Kandji has no more', async () => {
			const [one] = twoDevices(['Mac']) as [Device];
			kandji.tenant.faults.add({
				kind: 'mutate',
				late: true,
				path: '/api/v1/devices',
				times: 1,
				mutation: { op: 'removeDevice', device_id: one.device_id },
			});
			const { items } = await offboard({ additionalFields: {} });
			expect(stepsOf(items)).toEqual([
				`lock ${one.serial_number}: skipped`,
				`unassign ${one.serial_number}: skipped`,
			]);
			expect(writes()).toBe(0);
		});

		it('and stops at another serial number than the one that was confirmed', async () => {
			const [one] = twoDevices(['Mac']) as [Device];
			const confirmSerialNumbers = one.serial_number;
			change(one, { serial_number: 'OTHER' });
			const { error } = await offboard({ deviceAction: 'erase', confirmSerialNumbers });
			expect(error!.message).toContain('The device now has the serial number OTHER');
			expect(writes()).toBe(0);
		});

		it('and stops when it cannot look', async () => {
			const [one] = twoDevices(['Mac']) as [Device];
			kandji.tenant.faults.add({
				kind: 'status',
				status: 500,
				method: 'GET',
				path: `/api/v1/devices/${one.device_id}`,
			});
			const { error } = await offboard();
			expect(error!.message).toMatch(/^Offboarding stopped at "lock /);
			expect(writes()).toBe(0);
		});
	});

	it('does not take a device without a serial number for a typed one', async () => {
		const [device] = twoDevices(['Mac']) as [Device];
		for (const serial of ['', null, undefined]) {
			device.serial_number = serial as string;
			const { error } = await offboard({
				deviceAction: 'erase',
				confirmSerialNumbers: 'undefined, null, OTHER',
			});
			expect(error!.message).toContain(`${device.device_id}, which has no serial number`);
		}
		expect(writes()).toBe(0);
	});

	it('does not take an empty list beside a count for a user without devices', async () => {
		twoDevices();
		kandji.tenant.faults.add({ kind: 'errorBody', body: [], path: '/api/v1/devices' });
		const { error } = await offboard({ deleteUser: true });
		expect(error).toBeDefined();
		expect(writes()).toBe(0);
	});

	it('only unassigns the record that a device left behind', async () => {
		const [one, two] = twoDevices() as [Device, Device];
		two.serial_number = one.serial_number;
		one.is_missing = true;
		two.is_missing = two.is_removed = false;
		const { items } = await offboard({
			deviceAction: 'erase',
			confirmSerialNumbers: one.serial_number,
			additionalFields: {},
		});
		expect(items.slice(1).map(({ json }) => [json.step, json.device_id])).toEqual([
			['unassign', one.device_id],
			['erase', two.device_id],
			['unassign', two.device_id],
		]);
	});

	it('refuses two records with one serial number that are both there', async () => {
		const [one, two] = twoDevices() as [Device, Device];
		two.serial_number = one.serial_number;
		for (const device of [one, two]) device.is_missing = device.is_removed = false;
		const { error } = await offboard();
		expect(error!.message).toBe(
			`2 devices of the user have the serial number ${one.serial_number}`,
		);
		for (const { device_id: id } of [one, two]) expect(error!.description).toContain(id);
		expect(writes()).toBe(0);
	});

	it('refuses to erase when a serial number is not confirmed', async () => {
		const [one, two] = twoDevices() as [Device, Device];
		const { error } = await offboard({
			deviceAction: 'erase',
			confirmSerialNumbers: `${one.serial_number}, OTHER`,
		});
		expect(error!.message).toBe('Confirm Serial Numbers lacks 1 of the 2 devices to erase');
		expect(JSON.stringify(error)).not.toContain(two.serial_number);
		expect(writes()).toBe(0);
	});

	it('enforces Maximum Items for erasing and deleting, not for locking', async () => {
		twoDevices();
		const input = Array.from({ length: 6 }, () => ({}));
		for (const deviceAction of ['delete', 'erase']) {
			const parameters = { userId: byId(user().id), deviceAction, confirmSerialNumbers: 'A' };
			const { error } = await run('offboard', parameters, { input });
			expect(error!.message).toBe('There are 6 input items, but Maximum Items is 5');
		}
		expect(kandji.tenant.counters.total.received).toBe(0);
		const locking = await run('offboard', { userId: byId(user().id) }, { input });
		expect(locking.error).toBeUndefined();
	});

	it('stops at a device that cannot be locked, or continues if asked to', async () => {
		const [device] = twoDevices(['AppleTV']) as [Device];
		const { error } = await offboard();
		expect(error!.message).toBe(
			`Offboarding stopped at "lock ${device.serial_number}": Command is not allowed for current device`,
		);
		expect(error!.description).toContain(
			'To go on without this step, turn on Skip Unsupported Devices.',
		);
		expect(done(unassign)).toBe(0);
		const { items } = await offboard({ additionalFields: { skipUnsupportedDevices: true } });
		expect(stepsOf(items)).toEqual([
			`lock ${device.serial_number}: not possible`,
			`unassign ${device.serial_number}: done`,
		]);
	});

	it('deletes every device once its serial number is confirmed, then the user', async () => {
		const [one, two] = twoDevices() as [Device, Device];
		const { id } = user();
		const deleting = { deviceAction: 'delete', deleteUser: true };
		const { error } = await offboard({ ...deleting, confirmSerialNumbers: one.serial_number });
		expect(error!.message).toBe('Confirm Serial Numbers lacks 1 of the 2 devices to delete');
		expect(error!.description).toMatch(/^Nothing was sent\. Deleting can't be undone/);
		expect(writes()).toBe(0);

		const confirmSerialNumbers = [one, two].map((device) => device.serial_number);
		const { items } = await offboard({ ...deleting, confirmSerialNumbers });
		expect(stepsOf(items)).toEqual([
			`delete device ${one.serial_number}: done`,
			`delete device ${two.serial_number}: done`,
			'delete user undefined: done',
		]);
		const { devices, users } = kandji.tenant.state;
		expect([devices.has(one.device_id), devices.has(two.device_id)]).toEqual([false, false]);
		expect(users.has(id)).toBe(false);
		expect(writes()).toBe(3);
	});

	it('goes on with the devices that are left when deleting one fails', async () => {
		const [one, two] = twoDevices() as [Device, Device];
		const deleting = {
			deviceAction: 'delete',
			confirmSerialNumbers: [one, two].map((device) => device.serial_number),
		};
		const fault = kandji.tenant.faults.add({
			kind: 'status',
			status: 500,
			method: 'DELETE',
			path: `/api/v1/devices/${two.device_id}`,
		});
		const { error } = await offboard(deleting);
		expect(error!.message).toMatch(
			new RegExp(`^Offboarding stopped at "delete device ${two.serial_number}": `),
		);
		expect(error!.description).toContain(`Done: delete device ${one.serial_number}.`);
		kandji.tenant.faults.clear(fault);
		const { items } = await offboard(deleting);
		expect(stepsOf(items)).toEqual([`delete device ${two.serial_number}: done`]);
	});

	it('only unassigns if asked to, and recognises a note that the web app reformatted', async () => {
		const [device] = twoDevices(['Mac']) as [Device];
		kandji.tenant.state.notes.set(device.device_id, [
			{
				note_id: '1',
				created_at: '',
				updated_at: '',
				author: 'Ana',
				content: '<p>Offboarded,&nbsp;ticket 4711</p>',
			},
		]);
		const { items } = await offboard({
			deviceAction: 'unassignOnly',
			additionalFields: { note: fields.note },
		});
		expect(stepsOf(items)).toEqual([
			`note ${device.serial_number}: done before`,
			`unassign ${device.serial_number}: done`,
		]);
		expect([done(lock), done(note)]).toEqual([0, 0]);
	});

	it('leaves the devices of other users alone when the API ignores the filter', async () => {
		const [mine] = twoDevices(['Mac']) as [Device];
		const others = all().filter((device) => device !== mine);
		kandji.tenant.faults.add({
			kind: 'errorBody',
			body: [...others.slice(0, 5), mine],
			method: 'GET',
			path: '/api/v1/devices',
			times: 1,
		});
		const { items } = await offboard({ deviceAction: 'unassignOnly', additionalFields: {} });
		expect(stepsOf(items)).toEqual([`unassign ${mine.serial_number}: done`]);
		expect(writes()).toBe(1);
	});

	it('fails for a user that does not exist, before anything else', async () => {
		const unknown = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';
		const { error } = await run('offboard', { userId: byId(unknown), deleteUser: true });
		expect(error!.message).toBe(`Kandji found no user ${unknown}`);
		expect(kandji.tenant.counters.total.received).toBe(1);
	});

	it('does not send a lock again when its answer was lost', async () => {
		twoDevices(['Mac']);
		kandji.tenant.faults.add({ kind: 'resetAfter', path: '*/action/lock' });
		const { error } = await offboard();
		expect(error!.message).toMatch(/^Offboarding stopped at "lock .*The connection was lost/);
		expect(kandji.tenant.counters.operations[lock]).toEqual({ received: 1, executed: 1 });
	});

	it('has nothing to do for a user without devices', async () => {
		twoDevices([]);
		expect(await json('offboard', { userId: byId(user().id) })).toEqual([
			expect.objectContaining({ step: 'offboard', devices: 0, done: 0 }),
		]);
		expect(writes()).toBe(0);
	});
});
