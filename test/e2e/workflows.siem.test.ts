import { outputOf } from '../../scripts/n8n/client';
import { startSiem, type Siem } from './services/siem';
import { expectExactNote, expectSuccess, storeExample, type Changes } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

const TRIGGER = 'Kandji Trigger';

describe('Audit log to SIEM', () => {
	let kandji: Kandji;
	let siem: Siem;

	beforeAll(async () => {
		[kandji, siem] = await Promise.all([startKandji({ devices: 10 }), startSiem()]);
	});
	beforeEach(() => {
		siem.batches.length = 0;
	});
	afterAll(async () => await Promise.all([kandji.tenant.close(), siem.close()]));

	const run = async (changes: Changes = {}, authorization = siem.authorization) => {
		const workflow = await storeExample(kandji, 'audit-log-to-siem', {
			credentials: {
				SIEM: { type: 'httpHeaderAuth', data: { name: 'Authorization', value: authorization } },
			},
			nodes: {
				'Send to SIEM': { parameters: { url: siem.collectorUrl }, waitBetweenTries: 0 },
			},
			...changes,
		});
		return await kandji.client.run(workflow, TRIGGER);
	};
	const auditEvents = (count: number) =>
		Array.from({ length: count }, (_, index) => ({
			json: {
				event: 'auditEvent',
				event_id: `auditEvent:${index}`,
				action: 'update',
				occurred_at: '2026-01-20T18:09:17.167472Z',
				new_state: { name: 'Line 1\nLine "2"' },
			},
		}));

	it('sends what the trigger has, with the time of the event', async () => {
		const execution = await run();
		expectSuccess(execution);
		const events = outputOf(execution, TRIGGER).map(({ json }) => json);
		expect(events.length).toBeGreaterThan(0);
		const { state } = kandji.tenant;
		expect(siem.batches.flat()).toEqual(
			events.map((event) => {
				const { action, occurred_at } = state.auditEvents.find(({ id }) => id === event.id)!;
				expect(event).toMatchObject({ event: 'auditEvent', action });
				return {
					time: Date.parse(occurred_at) / 1000,
					source: 'kandji',
					sourcetype: 'kandji:audit',
					event,
				};
			}),
		);
	});

	it('sends many events in requests of 100, each once and in their order', async () => {
		const events = auditEvents(250);
		expectSuccess(await run({ pinData: { [TRIGGER]: events } }));
		expect(siem.batches.map((batch) => batch.length)).toEqual([100, 100, 50]);
		const [{ time }] = siem.batches[0] as [Siem['batches'][number][number]];
		expect(time).toBe(1_768_932_557.167);
		expect(siem.batches.flat().map(({ event }) => event)).toEqual(events.map(({ json }) => json));
	});

	it('tries again while the SIEM is busy, and fails when it stays so', async () => {
		const pinData = { [TRIGGER]: auditEvents(1) };
		siem.busy = 2;
		expectSuccess(await run({ pinData }));
		expect(siem.batches).toHaveLength(1);
		siem.busy = 3;
		expect((await run({ pinData })).status).toBe('error');
		expect(siem.batches).toHaveLength(1);
	});

	it('fails with another token', async () => {
		const { status, data } = await run({ pinData: { [TRIGGER]: auditEvents(1) } }, 'Splunk wrong');
		expect(status).toBe('error');
		expect(data.resultData.lastNodeExecuted).toBe('Send to SIEM');
		expect(siem.batches).toEqual([]);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('audit-log-to-siem');
	});
});
