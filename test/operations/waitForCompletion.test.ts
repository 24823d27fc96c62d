import type { IDataObject, INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import {
	isOneOfEachOwn,
	outcomeOf,
	ownCommands,
	sendingOf,
} from '../../nodes/Kandji/resources/deviceAction/waitForCompletion';
import { queueCommand } from '../../simulator/tenant/state/commands';
import { ACTIONS } from '../../simulator/tenant/routes/actionTable';
import { isCellular } from '../../simulator/tenant/state/models';
import { changeLostMode, requestLostMode } from '../../simulator/tenant/state/lostMode';
import { withoutPauses } from '../transport/support';
import { onTenant } from './onTenant';

const restart = 'POST /api/v1/devices/{device_id}/action/restart';
const commandsPath = '/api/v1/devices/{device_id}/commands';

describe('the commands of an action', () => {
	const at = '2026-03-01T10:00:00Z';
	const command = (uuid: string, type: string, more: IDataObject = {}): IDataObject => ({
		uuid,
		command_type: type,
		request_type: type,
		status: 3,
		date_requested: at,
		...more,
	});
	const known = [
		command('known', 'RestartDevice'),
		command('dateless', 'X', { date_requested: '' }),
	];
	const own = (action: string, ...commands: IDataObject[]) =>
		ownCommands(action, commands, known).map((ofType) => ofType.map(({ uuid }) => uuid));

	it.each(Object.entries(ACTIONS).filter(([, { commands }]) => commands.length > 0))(
		'of %s are those of its types',
		(action, { commands }) => {
			const types = Object.values(ACTIONS).flatMap((other) => other.commands);
			const others = ['Settings', 'ProfileList', 'SetInitialConfiguration', ...types].filter(
				(type) => !commands.includes(type),
			);
			const all = [...new Set([...others, ...commands])];
			expect(
				own(action, ...all.map((type) => command(type, type)))
					.flat()
					.sort(),
			).toEqual([...commands].sort());
		},
	);

	it('were not there before, and are not older than what was', () => {
		const restarts = [
			known[0]!,
			command('late', 'RestartDevice', { date_requested: '2026-03-01T09:59:50Z' }),
			command('mine', 'RestartDevice', { date_requested: '2026-03-01 10:00:01+00:00' }),
			command('skewed', 'RestartDevice', { date_requested: '2026-03-01T09:59:58Z' }),
			command('dateless', 'RestartDevice', { date_requested: 'soon' }),
			command('unreadable', 'RestartDevice', { date_requested: 'soon' }),
		];
		expect(own('restart', ...restarts)).toEqual([['mine', 'skewed', 'unreadable']]);
		expect(own('blankpush', ...restarts)).toEqual([]);
	});

	it('were not requested before the action was sent, by the date of its answer', () => {
		const sending = sendingOf({ date: 'Sun, 01 Mar 2026 10:01:00 GMT' }, 20_000)!;
		const restarts = [
			command('before', 'RestartDevice', { date_requested: '2026-03-01T10:00:34Z' }),
			command('sent', 'RestartDevice', { date_requested: '2026-03-01T10:00:40Z' }),
			command('answered', 'RestartDevice', { date_requested: '2026-03-01T10:01:00.9Z' }),
			command('later', 'RestartDevice', { date_requested: '2026-03-01T10:01:07Z' }),
			command('unreadable', 'RestartDevice', { date_requested: 'soon' }),
		];
		const [own = []] = ownCommands('restart', restarts, known, sending);
		expect(own.map(({ uuid }) => uuid)).toEqual(['sent', 'answered', 'later', 'unreadable']);
		const [sent, answered, later, unreadable] = own as [
			IDataObject,
			IDataObject,
			IDataObject,
			IDataObject,
		];
		expect(isOneOfEachOwn([[sent], [answered, later]], sending)).toBe(true);
		expect(isOneOfEachOwn([[sent], [later]], sending)).toBe(false);
		expect(isOneOfEachOwn([[unreadable]], sending)).toBe(false);
		expect(sendingOf({}, 20_000)).toBeUndefined();
	});

	it.each<[string, number[][]]>([
		['pending', []],
		['pending', [[1]]],
		['pending', [[5]]],
		['pending', [[9]]],
		['pending', [[3], [2]]],
		['pending', [[4, 1]]],
		['completed', [[3]]],
		['completed', [[3, 3], [3]]],
		['failed', [[4]]],
		['failed', [[4, 4]]],
		['failed', [[4], [1]]],
		['ambiguous', [[3, 4]]],
		['ambiguous', [[3], [4, 3]]],
	])('are %s with the statuses %j', (outcome, statuses) => {
		expect(outcomeOf(statuses.map((ofType) => ofType.map((status) => ({ status }))))).toBe(outcome);
	});
});

describe('Device Action › Wait for Completion', () => {
	const kandji = onTenant('deviceAction');
	const { run, json } = kandji;
	withoutPauses();

	const macs = () =>
		[...kandji.tenant.state.devices.values()].filter(({ platform }) => platform === 'Mac');
	const wait = {
		deviceId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		waitForCompletion: true,
	};
	const input = (count: number) =>
		macs()
			.slice(0, count)
			.map(({ device_id: id }) => ({ id }));
	const sent = () => kandji.tenant.counters.operations[restart] ?? { received: 0, executed: 0 };

	it('returns the command once a slow device has completed it', async () => {
		kandji.tenant.mutate({
			op: 'commandRules',
			rules: [{ action: 'restart', outcomes: ['notNow', 'complete'], afterPolls: 1 }],
		});
		const [{ id }] = input(1) as [{ id: string }];
		expect(await json('restart', wait, { input: [{ id }] })).toEqual([
			{
				success: true,
				device_id: id,
				command_status: 'completed',
				commands: [
					expect.objectContaining({
						command_type: 'RestartDevice',
						status: 'completed',
						attempts: 2,
						date_completed: expect.any(String),
					}),
				],
			},
		]);
		expect(sent().executed).toBe(1);
	});

	it('waits for several devices together, and returns an outcome for each', async () => {
		const devices = input(3);
		kandji.tenant.mutate({
			op: 'commandRules',
			rules: [
				{ device_id: devices[1]!.id, outcomes: ['fail'], error: 'Disk is full', afterPolls: 1 },
				{ afterPolls: 2 },
			],
		});
		const { outputs } = await run('restart', wait, {
			input: devices,
			onError: 'continueErrorOutput',
		});
		const [done = [], failed = []] = outputs;
		expect(done.map((item) => item.json.device_id)).toEqual([devices[0]!.id, devices[2]!.id]);
		expect(failed.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			['The device reported a failure: Disk is full', { item: 1 }],
		]);
		const order = kandji.tenant.counters.log.map(({ operation }) => operation);
		const polls = order.slice(order.lastIndexOf(restart)).filter((one) => one.includes('commands'));
		expect(polls.length).toBeGreaterThanOrEqual(3);
		expect(sent().executed).toBe(3);
	});

	it('says that the other items were sent when one fails and the workflow stops', async () => {
		const devices = input(2);
		kandji.tenant.mutate({
			op: 'commandRules',
			rules: [{ device_id: devices[0]!.id, outcomes: ['fail'] }],
		});
		const { error } = await run('restart', wait, { input: devices });
		expect(error!.message).toBe('The device reported a failure: The device refused the command.');
		expect(error!.description).toContain('The actions of the other items were sent too');
		expect(sent().executed).toBe(2);
	});

	it('fails after the timeout and sends nothing again', async () => {
		kandji.tenant.mutate({ op: 'commandRules', rules: [{ afterPolls: 1_000_000 }] });
		const { error } = await run('restart', { ...wait, timeoutMinutes: 0.02 }, { input: input(1) });
		expect(error!.message).toMatch(
			/^The device did not finish within 0.02 minutes: the command is (pending|running)$/,
		);
		expect(error!.description).toContain('was not sent again');
		expect(sent()).toEqual({ received: 1, executed: 1 });
	});

	it('does not follow another command sent at the same moment', async () => {
		const [device] = macs();
		kandji.tenant.mutate({
			op: 'commandRules',
			rules: [
				{ action: 'restart', afterPolls: 2 },
				{ action: 'inventory', outcomes: ['fail'] },
			],
		});
		kandji.tenant.faults.add({ kind: 'latency', ms: 400, path: '*/action/restart' });
		const running = json('restart', wait, { input: [{ id: device!.device_id }] });
		while (sent().received === 0) await new Promise(setImmediate);
		queueCommand(kandji.tenant.state, device!, { action: 'inventory', type: 'DeviceInformation' });
		const [item] = await running;
		expect(item!.commands).toEqual([
			expect.objectContaining({ command_type: 'RestartDevice', status: 'completed' }),
		]);
	});

	describe('follows the command of', () => {
		const fields: Record<string, INodeParameters> = {
			deleteUser: { userName: 'jdoe' },
			erase: { checkSerialNumber: false },
			refreshCellularPlan: { esimServerUrl: 'https://smdp.carrier.example' },
			setName: { deviceName: 'Kiosk' },
			unlockAccount: { userName: 'jdoe' },
		};
		const needLostMode = ['disableLostMode', 'playLostModeSound', 'updateLocation'];
		const { properties } = new Kandji().description;
		const offers = properties.find(({ name }) => name === 'waitForCompletion')!.displayOptions!
			.show!.operation as string[];
		const pathOf = (operation: string) =>
			String(
				properties
					.filter(({ name }) => name === 'operation')
					.flatMap(({ options }) => options as INodePropertyOptions[])
					.find(({ value }) => value === operation)!.routing!.request!.url,
			).replace(/^.*\//, '');

		const deviceFor = (action: string) => {
			const { platforms, cellular } = ACTIONS[action]!;
			return [...kandji.tenant.state.devices.values()].find(
				({ platform, model }) =>
					platforms.includes(platform) && (!cellular || isCellular(platform, model)),
			)!;
		};

		it.each(offers)('%s', async (operation) => {
			const action = pathOf(operation);
			const device = deviceFor(action);
			if (needLostMode.includes(operation)) {
				requestLostMode(kandji.tenant.state, device, {});
				changeLostMode(kandji.tenant.state, device, { lost_mode_status: 'ENABLED' });
			}
			const { commands } = ACTIONS[action]!;
			kandji.tenant.mutate({
				op: 'commandRules',
				rules: [{ action, afterPolls: 1 }, { outcomes: ['fail'] }],
			});
			kandji.tenant.faults.add({ kind: 'latency', ms: 100, path: `*/action/${action}` });
			const running = json(
				operation,
				{ ...wait, ...fields[operation] },
				{ input: [{ id: device.device_id }] },
			);
			const path = `POST /api/v1/devices/{device_id}/action/${action}`;
			while (!kandji.tenant.counters.operations[path]?.received) {
				await new Promise(setImmediate);
			}
			queueCommand(kandji.tenant.state, device, { action: 'other', type: 'ProfileList' });
			const [item] = await running;
			expect(item).toMatchObject({ command_status: 'completed' });
			const types = (item!.commands as IDataObject[]).map((command) => command.command_type);
			expect(types.sort()).toEqual([...commands].sort());
		});
	});

	it.each([
		['failed', 'complete', 'fail'],
		['completed', 'fail', 'complete'],
	] as const)(
		'says that it cannot be told when another command of the type %s',
		async (_title, ours, theirs) => {
			const [device] = macs();
			kandji.tenant.mutate({
				op: 'commandRules',
				rules: [
					{ action: 'restart', outcomes: [ours] },
					{ action: 'other', outcomes: [theirs] },
				],
			});
			kandji.tenant.faults.add({ kind: 'latency', ms: 200, path: '*/action/restart' });
			const running = run('restart', wait, { input: [{ id: device!.device_id }] });
			while (sent().received === 0) await new Promise(setImmediate);
			queueCommand(kandji.tenant.state, device!, { action: 'other', type: 'RestartDevice' });
			const { error } = await running;
			expect(error!.message).toBe(
				'It cannot be told whether the device has run the command: 2 of the same type were sent to it, and ended differently',
			);
			expect(error!.description).toContain('it was not sent again');
		},
	);

	describe('does not take another command for its own that is listed alone', () => {
		const foreign = (date: string) => ({
			uuid: 'foreign',
			command_type: 'RestartDevice',
			request_type: 'RestartDevice',
			status: 4,
			date_requested: date,
		});
		const listAlone = (date: string, times?: number) =>
			kandji.tenant.faults.add({
				kind: 'errorBody',
				path: commandsPath,
				after: 1,
				times,
				body: { commands: { count: 1, next: null, previous: null, results: [foreign(date)] } },
			});
		const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

		it.each([
			['for some looks', 0, 3],
			['for many, from before the action', -60, 8],
		])('%s', async (_title, seconds, times) => {
			const [device] = macs();
			listAlone(inSeconds(seconds), times);
			const [item] = await json('restart', wait, { input: [{ id: device!.device_id }] });
			expect(item).toMatchObject({ command_status: 'completed' });
			expect((item!.commands as IDataObject[]).map(({ uuid }) => uuid)).not.toContain('foreign');
		});

		it.each([
			['was requested later', inSeconds(60)],
			['has no date', ''],
		])('and says that it cannot be told when it %s', async (_title, date) => {
			listAlone(date);
			const { error } = await run('restart', wait, { input: input(1) });
			expect(error!.message).toBe(
				'It cannot be told whether the device has run the command: one of its type is listed that was requested later, or has no date, and none from when the action was sent',
			);
		});
	});

	it.each([
		['the device refuses it', 'The device reported a failure'],
		['its status cannot be read', 'The action was sent, but its status'],
		['it takes too long', 'The device did not finish'],
	])('says where the PIN of a lock is when %s', async (title, message) => {
		const rules = title === 'it takes too long' ? [{ afterPolls: 1_000_000 }] : [];
		if (title === 'the device refuses it') rules.push({ outcomes: ['fail'] } as never);
		kandji.tenant.mutate({ op: 'commandRules', rules });
		if (title === 'its status cannot be read') {
			kandji.tenant.faults.add({ kind: 'permissionLoss', path: commandsPath, after: 1 });
		}
		const { error } = await run('lock', { ...wait, timeoutMinutes: 0.02 }, { input: input(1) });
		expect(error!.message).toContain(message);
		expect(error!.description).toContain('Device Secret › Get Unlock PIN');
		for (const pin of kandji.tenant.state.locks.values()) {
			expect(JSON.stringify(error)).not.toContain(pin);
		}
	});

	it('sends nothing without the permission to poll commands', async () => {
		kandji.tenant.mutate({ op: 'permission', operation: `GET ${commandsPath}`, allowed: false });
		const { error } = await run('restart', wait, { input: input(1) });
		expect(error!.description).toContain(`GET ${commandsPath}`);
		expect(sent().received).toBe(0);
	});

	it('says that the action was sent when polling fails', async () => {
		kandji.tenant.faults.add({ kind: 'permissionLoss', path: commandsPath, after: 1 });
		const { error } = await run('restart', wait, { input: input(1) });
		expect(error!.message).toBe(
			'The action was sent, but its status could not be read: The API token is missing a permission, or Kandji rejected it',
		);
		expect(error!.description).toMatch(/^It was not sent again\..*select the permission/);
		expect(sent()).toEqual({ received: 1, executed: 1 });
	});

	it('stops polling when the execution is stopped', async () => {
		kandji.tenant.mutate({ op: 'commandRules', rules: [{ afterPolls: 1_000_000 }] });
		const stop = new AbortController();
		const running = run('restart', wait, { input: input(2), signal: stop.signal });
		while (sent().executed < 2) await new Promise(setImmediate);
		stop.abort();
		expect((await running).status).toBe('canceled');
		expect(sent().received).toBe(2);
		// A request that had left when the execution was stopped may arrive later.
		await sleep(100);
		const { received } = kandji.tenant.counters.total;
		await sleep(100);
		expect(kandji.tenant.counters.total.received).toBe(received);
	});

	it('does not poll in a dry run', async () => {
		const [plan] = await json('restart', { ...wait, dryRun: true }, { input: input(1) });
		expect(plan).toMatchObject({ dry_run: true, request: { method: 'POST' } });
		expect(kandji.tenant.counters.total.received).toBe(1);
	});

	it.each(['0', '-1', 'soon'])('refuses the timeout %s', async (minutes) => {
		const { error } = await run(
			'restart',
			{ ...wait, timeoutMinutes: '={{ $json.minutes }}' },
			{ input: [{ ...input(1)[0]!, minutes }] },
		);
		expect(error!.message).toMatch(/^Timeout \(Minutes\) must be a number of at least 0.01, but /);
		expect(kandji.tenant.counters.total.received).toBe(0);
	});
});
