import type { INodeParameters } from 'n8n-workflow';

import { jobs, type Fleet } from '../../scripts/docs/scale';
import { runNode } from '../../simulator/engine/engine';
import { createPoller } from '../../simulator/engine/poller';
import { startTenant, type Tenant } from '../../simulator/tenant';
import { credentialOf } from '../trigger/support';

const onDevice = (operation: string, more: INodeParameters): INodeParameters => ({
	resource: 'device',
	operation,
	...more,
});

/** Rows of a table for some Macs, of which the first ones get another user, blueprint and tag. */
function rowsOf({ state }: Tenant, differences: number) {
	const macs = [...state.devices.values()].filter(({ platform }) => platform === 'Mac');
	const [blueprint, another] = [...state.blueprints.values()];
	const user = [...state.users.values()].find(({ archived }) => !archived);
	const [tag] = state.tags.values();
	return macs.slice(0, 30).map((mac, index) => ({
		json: {
			serial_number: mac.serial_number,
			...(index < differences && {
				user: user!.email,
				blueprint: (mac.blueprint_id === blueprint!.id ? another : blueprint)!.name,
				tags: tag!.name,
			}),
		},
	}));
}

describe.each([400, 1_500, 3_100])('the model of the costs, at %i devices', (devices) => {
	const differences = 7;
	let tenant: Tenant;
	let fleet: Fleet;

	beforeAll(async () => {
		tenant = await startTenant({ devices, rateLimit: false });
		const all = [...tenant.state.devices.values()];
		fleet = {
			devices,
			macs: all.filter(({ platform }) => platform === 'Mac').length,
			users: [...tenant.state.users.values()].filter(({ archived }) => !archived).length,
			differences,
		};
	});
	beforeEach(() => tenant.counters.reset());
	afterAll(async () => await tenant.close());

	const received = () => tenant.counters.total.received;
	const run = async (parameters: INodeParameters, input = [{ json: {} }]) => {
		const { error } = await runNode(parameters, { credential: credentialOf(tenant), input });
		expect(error).toBeUndefined();
	};

	it('is right about a poll', async () => {
		const parameters = { events: ['deviceEnrolled', 'deviceChanged', 'deviceRemoved'] };
		const { poll } = await createPoller(parameters, { credential: credentialOf(tenant) });
		await poll();
		tenant.counters.reset();
		await poll();
		expect(received()).toBe(jobs.poll.requests(fleet));
	});

	it('is right about a report', async () => {
		await run(onDevice('getAll', { returnAll: true }));
		expect(received()).toBe(jobs.report.requests(fleet));
	});

	it('is right about a compliance run', async () => {
		const rules = {
			fileVaultOn: true,
			recoveryKeyEscrowed: true,
			firewallOn: true,
			gatekeeperOn: true,
			systemIntegrityProtectionOn: true,
			fullSecureBoot: true,
		};
		await run(onDevice('checkCompliance', { rules }));
		expect(received()).toBe(jobs.compliance.requests(fleet));
	});

	it('is right about a sync', async () => {
		const fields = {
			userEmail: '={{ $json.user }}',
			blueprint: '={{ $json.blueprint }}',
			tagsToHave: '={{ $json.tags }}',
		};
		await run(
			onDevice('syncFromTable', {
				serialNumber: '={{ $json.serial_number }}',
				fieldsToSync: fields,
				dryRun: false,
			}),
			rowsOf(tenant, differences),
		);
		expect(received()).toBe(jobs.sync.requests(fleet));
	});
});
