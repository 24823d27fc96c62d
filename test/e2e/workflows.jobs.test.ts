import type { Device } from '../../simulator/tenant/state/types';
import { jiraChanges, startJira, type Jira } from './services/jira';
import { expectExactNote, expectSuccess, runExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

let kandji: Kandji;

beforeAll(async () => {
	kandji = await startKandji({ devices: 60 });
});
beforeEach(() => kandji.tenant.reset());
afterAll(async () => await kandji.tenant.close());

const devices = () => [...kandji.tenant.state.devices.values()];
const writes = () => kandji.tenant.counters.log.filter(({ method }) => method !== 'GET');

describe('Compliance to tickets', () => {
	let jira: Jira;

	beforeAll(async () => {
		jira = await startJira();
	});
	afterAll(async () => await jira.close());

	const run = async () => await runExample(kandji, 'compliance-to-tickets', jiraChanges(jira));
	const labelOf = ({ serial_number }: Device) => `kandji-compliance-${serial_number}`;
	const ids = () => jira.issues.map(({ fields }) => fields.labels[1]);

	it('opens one ticket for each device that fails, again once it is done, and none twice', async () => {
		const macs = devices().filter(({ platform }) => platform === 'Mac');
		const now = new Date().toISOString();
		for (const device of devices()) {
			Object.assign(device, { last_check_in: now, os_version: '99.0' });
		}
		for (const { device_id } of macs) {
			const escrowed = { filevault_enabled: true, filevault_escrowed: true };
			kandji.tenant.mutate({ op: 'setTraits', device_id, traits: escrowed });
		}
		const [unencrypted, outdated] = macs as [Device, Device];
		const off = { filevault_enabled: false, filevault_escrowed: false };
		kandji.tenant.mutate({ op: 'setTraits', device_id: unencrypted.device_id, traits: off });
		Object.assign(outdated, { os_version: '14.7.1', last_check_in: '2024-01-02T03:04:05Z' });
		expectSuccess(await run());
		expect(ids().sort()).toEqual([labelOf(unencrypted), labelOf(outdated)].sort());
		const issueOf = (device: Device) =>
			jira.issues.findLast(({ fields }) => fields.labels.includes(labelOf(device)))!;
		expect(issueOf(unencrypted).fields).toMatchObject({
			summary: `${unencrypted.device_name} (${unencrypted.serial_number}) is not compliant`,
			description: expect.stringMatching(
				/\nFileVault On: false, expected true\nRecovery Key Escrowed: false, expected true$/,
			),
		});
		const [, ...lines] = issueOf(outdated).fields.description!.split('\n');
		expect(lines).toEqual([
			'Checked In Within: 2024-01-02T03:04:05Z, expected within 30 days',
			'Minimum OS Version: Mac: 14.7.1, expected 15.0',
		]);

		expectSuccess(await run());
		expect(jira.issues).toHaveLength(2);

		issueOf(outdated).done = true;
		expectSuccess(await run());
		expect(ids().slice(2)).toEqual([labelOf(outdated)]);
		expect(writes()).toEqual([]);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('compliance-to-tickets');
	});
});
