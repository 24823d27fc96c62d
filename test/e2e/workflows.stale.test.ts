import pWaitFor from 'p-wait-for';

import { DAY, zulu } from '../../simulator/tenant/state/dates';
import type { Device } from '../../simulator/tenant/state/types';
import { startInbox, type Inbox } from './services/inbox';
import { expectExactNote, expectSuccess, MANUAL_TRIGGER, storeExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

const CHECK_IN = 'POST /api/v1/devices/{device_id}/action/dailycheckin';
const PUSH = 'POST /api/v1/devices/{device_id}/action/blankpush';
const DELETE = 'DELETE /api/v1/devices/{device_id}';

let kandji: Kandji;
let inbox: Inbox;

beforeAll(async () => {
	[kandji, inbox] = await Promise.all([startKandji({ devices: 40 }), startInbox()]);
});
beforeEach(() => {
	kandji.tenant.reset();
	inbox.received.length = 0;
});
afterAll(async () => await Promise.all([kandji.tenant.close(), inbox.close()]));

const executed = (operation: string) => kandji.tenant.counters.operations[operation]?.executed ?? 0;
const devices = () => [...kandji.tenant.state.devices.values()];

describe('Stale devices', () => {
	interface List {
		approveUrl: string;
		rows: Array<{ serial_number: string }>;
	}
	const silentFor = (days: number) => zulu(Date.now() - days * DAY);

	/** A Mac that is switched off: it takes commands and does not answer. */
	const switchOff = ({ device_id, last_check_in }: Device) =>
		kandji.tenant.faults.add({
			kind: 'mutate',
			late: true,
			mutation: { op: 'updateDevice', device_id, fields: { last_check_in } },
			path: `/api/v1/devices/${device_id}/action/blankpush`,
		});
	/** Five silent Macs, the third of which answers when it is woken; the other devices have just checked in. */
	const prepare = () => {
		kandji.tenant.mutate({
			op: 'commandRules',
			rules: [{ action: 'dailycheckin', afterMs: 3_600_000 }],
		});
		for (const device of devices()) {
			Object.assign(device, { last_check_in: silentFor(0), is_removed: false });
		}
		const silent = devices()
			.filter(({ platform }) => platform === 'Mac')
			.slice(0, 5);
		for (const mac of silent) mac.last_check_in = silentFor(60);
		for (const mac of silent.filter((_mac, index) => index !== 2)) switchOff(mac);
		return silent;
	};
	/** Starts a run and waits until it asks for approval; fails at once when it ends before. */
	const start = async () => {
		const workflow = await storeExample(kandji, 'stale-devices', {
			settings: { waitHours: 0.0005, listUrl: `${inbox.url}/reports` },
			tokens: { 'Report webhook': inbox.token },
		});
		const running = kandji.client.run(workflow, MANUAL_TRIGGER);
		const ended = running.then((execution) => {
			expectSuccess(execution);
			throw new Error('It ended before anybody approved');
		});
		const isWaiting = async () => {
			const [latest] = await kandji.client.executions({ workflowId: workflow.id });
			return inbox.reports().length > 0 && latest?.status === 'waiting';
		};
		await Promise.race([ended, pWaitFor(isWaiting, { interval: 200, timeout: 60_000 })]);
		ended.catch(() => undefined);
		return { running, list: inbox.reports()[0] as List };
	};
	const approve = async ({ approveUrl }: List, serials: string[]) => {
		const response = await fetch(approveUrl, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ approve: serials }),
		});
		expect({ status: response.status, text: await response.text() }).toMatchObject({ status: 200 });
	};

	it('wakes silent devices and deletes only what is approved and still silent', async () => {
		const [first, second, woken, late, kept] = prepare();
		const { running, list: sent } = await start();
		expect(executed(PUSH)).toBe(5);
		expect(executed(CHECK_IN)).toBe(5);
		expect(executed(DELETE)).toBe(0);
		expect(sent.rows.map((row) => row.serial_number).sort()).toEqual(
			[first, second, late, kept].map((mac) => mac!.serial_number).sort(),
		);

		kandji.tenant.mutate({ op: 'checkIn', device_id: late!.device_id });
		const other = devices().at(-1)!;
		const approved = [first!, second!, late!, other].map((mac) => mac.serial_number);
		await approve(sent, approved);
		expectSuccess(await running);
		expect(executed(DELETE)).toBe(2);
		const left = new Set(devices().map((device) => device.serial_number));
		expect(left.has(first!.serial_number) || left.has(second!.serial_number)).toBe(false);
		for (const mac of [woken, late, kept, other]) expect(left.has(mac!.serial_number)).toBe(true);
	});

	it('deletes nothing when nothing is approved', async () => {
		prepare();
		const { running, list } = await start();
		await approve(list, []);
		expectSuccess(await running);
		expect(executed(DELETE)).toBe(0);
		expect(devices()).toHaveLength(40);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('stale-devices');
	});
});
