import type * as FairQueue from '../../nodes/Kandji/transport/http/fairQueue';
import { createPoller } from '../../simulator/engine/poller';
import { searchList } from '../../simulator/engine/searchList';
import { builtModule, useTestTenant, withoutPauses } from './support';

describe('how urgent a request is', () => {
	const testTenant = useTestTenant({ devices: 320 });
	withoutPauses();
	let added: jest.SpyInstance;

	beforeAll(() => {
		const { FairQueue: Queue } = builtModule<typeof FairQueue>('transport/http/fairQueue.js');
		added = jest.spyOn(Queue.prototype, 'add');
	});
	beforeEach(() => added.mockClear());
	afterAll(() => added.mockRestore());

	/** The urgency of each request of the tenant's log, with its method and the end of its path. */
	const requests = () =>
		testTenant.current.tenant.counters.log.map(
			({ method, url }, index) =>
				`${String(added.mock.calls[index]?.[0])}: ${method} ${url.split('?')[0]!.split('/').at(-1)}`,
		);
	const bySerial = (count: number) =>
		testTenant.current.devices(count).map(({ serial_number }) => ({ serial_number }));
	const byId = (count: number) =>
		testTenant.current.devices(count).map(({ device_id }) => ({ device_id }));
	const withId = { mode: 'id', value: '={{ $json.device_id }}', __rl: true };

	it('a write, and what it needs to know first, are the most urgent', async () => {
		const { run, tenant } = testTenant.current;
		tenant.mutate({
			op: 'commandRules',
			rules: [{ action: 'restart', outcomes: ['notNow', 'complete'], afterPolls: 1 }],
		});
		const { status } = await run(
			{
				resource: 'deviceAction',
				operation: 'restart',
				deviceId: { mode: 'serial', value: '={{ $json.serial_number }}', __rl: true },
				waitForCompletion: true,
			},
			{ input: bySerial(1) },
		);
		expect(status).toBe('success');
		const found = requests();
		const sent = found.indexOf('write: POST restart');
		expect(sent).toBeGreaterThan(0);
		expect(found.slice(0, sent).every((request) => request.startsWith('write: GET'))).toBe(true);
		// Whether the device has run the command is less urgent than the next write.
		expect(found.length).toBeGreaterThan(sent + 1);
		expect(found.slice(sent + 1).every((request) => request === 'poll: GET commands')).toBe(true);
	});

	it('a single read comes before the pages of a list', async () => {
		const { run } = testTenant.current;
		await run({ resource: 'device', operation: 'get', deviceId: withId }, { input: byId(2) });
		await run({ resource: 'device', operation: 'getAll', returnAll: true });
		const urgencies = requests().map((request) => request.split(':')[0]);
		expect(urgencies.slice(0, 2)).toEqual(['read', 'read']);
		expect(new Set(urgencies.slice(2))).toEqual(new Set(['page']));
	});

	it('pickers and polls come before both', async () => {
		const { credential, tenant } = testTenant.current;
		await searchList('searchDevices', 'Mac', undefined, { credential });
		const trigger = await createPoller({ events: ['deviceEnrolled'] }, { credential });
		await trigger.poll();
		expect(tenant.counters.total.received).toBeGreaterThan(2);
		expect(new Set(requests().map((request) => request.split(':')[0]))).toEqual(new Set(['poll']));
	});

	it('requests are those of the run that they belong to', async () => {
		const { run, credential } = testTenant.current;
		const get = { resource: 'device', operation: 'get', deviceId: withId };
		await Promise.all([run(get, { input: byId(3) }), run(get, { input: byId(3) })]);
		const owners = added.mock.calls.map(([, owner]) => owner as object);
		expect(new Set(owners).size).toBe(2);
		added.mockClear();
		for (let call = 0; call < 2; call++)
			await searchList('searchTags', '', undefined, { credential });
		expect(new Set(added.mock.calls.map(([, owner]) => owner as object)).size).toBe(2);
	});
});
