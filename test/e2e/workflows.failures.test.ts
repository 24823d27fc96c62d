import { itemStatus } from '../../simulator/tenant/state/itemStatus';
import { itemsOf } from '../../simulator/tenant/state/blueprints';
import { findItem } from '../../simulator/tenant/state/library';
import { startInbox, type Inbox } from './services/inbox';
import { expectExactNote, expectSuccess, runExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

const CHECK_IN = 'POST /api/v1/devices/{device_id}/action/dailycheckin';

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

describe('Library item failures', () => {
	interface Row {
		device_id: string;
		failed: string[];
		check_in: string;
	}
	const run = async (maxDevices: number) => {
		expectSuccess(
			await runExample(kandji, 'library-item-failures', {
				settings: { reportUrl: `${inbox.url}/reports`, maxDevices },
				tokens: { 'Report webhook': inbox.token },
			}),
		);
		return (inbox.reports() as Array<{ rows: Row[] }>).at(-1)?.rows ?? [];
	};
	/** Names of the failed items by device id, as the tenant has them. */
	const failures = () => {
		const { state } = kandji.tenant;
		const found = new Map<string, string[]>();
		for (const device of devices()) {
			const failed = itemsOf(state.blueprints.get(device.blueprint_id)!).flatMap((id) => {
				const item = findItem(state.library, id);
				const status = item && itemStatus(state, device, item);
				return item && ['ERROR', 'failed'].includes(status ?? '') ? [item.name] : [];
			});
			if (failed.length > 0) found.set(device.device_id, failed.sort());
		}
		return found;
	};

	it('reports every failed item by device and has each device check in once', async () => {
		const rows = await run(100);
		const expected = failures();
		expect(expected.size).toBeGreaterThan(3);
		expect(new Map(rows.map((row) => [row.device_id, [...row.failed].sort()]))).toEqual(expected);
		const asked = rows.filter(({ check_in }) => check_in === 'asked').length;
		expect(asked).toBeGreaterThan(0);
		expect(executed(CHECK_IN)).toBe(asked);
		expect(kandji.tenant.counters.operations[CHECK_IN]?.received).toBe(rows.length);
	});

	it('tells no more devices than the maximum, those with most failures', async () => {
		const rows = await run(2);
		expect(kandji.tenant.counters.operations[CHECK_IN]?.received).toBe(2);
		expect(rows.slice(2).every((row) => row.check_in.startsWith('not asked'))).toBe(true);
		expect(rows).toHaveLength(failures().size);
		const counts = rows.map(({ failed }) => failed.length);
		expect(counts).toEqual([...counts].sort((a, b) => b - a));
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('library-item-failures');
	});
});
