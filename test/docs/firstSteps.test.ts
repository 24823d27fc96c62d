import { KandjiApi } from '../../credentials/KandjiApi.credentials';
import { announcement } from '../../scripts/start/announcement';
import { enrollCommand } from '../../scripts/start/enroll';
import { readOptions } from '../../scripts/start/options';
import type { NewWorkflow } from '../../scripts/n8n/types';
import { startTenant, type Device } from '../../simulator/tenant';
import { read, section } from './pages';

const page = 'docs/first-steps.md';
const simulated = section(page, 'With a simulated tenant');
const own = section(page, 'With your own tenant');

const example = (file: string) => JSON.parse(read(`workflows/${file}.json`)) as NewWorkflow;
const namesOf = ({ nodes }: NewWorkflow) =>
	nodes.filter(({ type }) => !type.endsWith('.stickyNote')).map(({ name }) => name);
const bold = (text: string) => [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name]) => name!);

const newMac = example('new-mac-enrolled');

describe('the first steps with a simulated tenant', () => {
	it('start as many devices as npm start does, in the time that it says', () => {
		expect(simulated).toContain(`tenant of ${readOptions([], {}).devices} devices`);
		expect(simulated).toContain('The first start takes about five minutes');
		expect(announcement({ version: '', isInstalled: false })).toContain('takes about five minutes');
		expect(simulated).toContain('less than a minute');
	});

	it('name workflows and nodes that exist', () => {
		const inventory = example('device-inventory');
		expect(bold(simulated)).toEqual(expect.arrayContaining([inventory.name, newMac.name]));
		expect(namesOf(inventory)).toContain('Get all devices');
		expect(simulated).toContain('**Get all devices**');
	});

	it('leave the trigger and the ticket’s text of the example', () => {
		const names = namesOf(newMac);
		expect(names.slice(0, 2)).toEqual(['Kandji Trigger', 'Describe ticket']);
		expect(bold(simulated)).toEqual(expect.arrayContaining(names.slice(0, 2)));
		expect(names).toHaveLength(2 + 5);
		expect(simulated).toContain('the five nodes behind **Describe ticket**');
	});

	it('enroll the Mac whose ticket they show', async () => {
		const [, command, body, path] =
			/```sh\s+(curl --json '(.+)' http:\/\/127\.0\.0\.1:4010(\S+))/.exec(simulated) ?? [];
		expect(command).toBe(enrollCommand('http://127.0.0.1:4010'));
		const tenant = await startTenant({ devices: readOptions([], {}).devices });
		const response = await fetch(tenant.url + path, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body,
		}).finally(async () => await tenant.close());
		const { results } = (await response.json()) as { results: [[Device]] };
		const [[mac]] = results;
		expect(mac.platform).toBe('Mac');
		expect(mac.model).toContain('Mac');
		const describe = JSON.stringify(newMac.nodes.find(({ name }) => name === 'Describe ticket'));
		expect(describe).toContain('"=Set up {{ $json.device_name }}"');
		expect(simulated).toContain(`"Set up ${mac.device_name}"`);
	});
});

describe('the first steps with one’s own tenant', () => {
	it('name the fields of the credential', () => {
		const fields = new KandjiApi().properties.map(({ displayName }) => displayName);
		const named = ['Region', 'Subdomain', 'API Token', 'Read Only'];
		expect(fields).toEqual(expect.arrayContaining(named));
		expect(bold(own)).toEqual(expect.arrayContaining([new KandjiApi().displayName, ...named]));
	});

	it('name every node of the example that has a credential', () => {
		const withCredential = newMac.nodes
			.filter(({ credentials }) => credentials !== undefined)
			.map(({ name }) => name);
		expect(withCredential.length).toBeGreaterThan(1);
		expect(bold(own)).toEqual(expect.arrayContaining(withCredential));
	});

	it('ask for the permission of the example’s note, and promise its interval', () => {
		const [note] = newMac.nodes;
		expect(note?.parameters.content).toContain('**Kandji token:** `GET /devices`.');
		expect(own).toContain('one permission: `GET /devices`');
		const trigger = newMac.nodes.find(({ name }) => name === 'Kandji Trigger');
		expect(trigger?.parameters.pollTimes).toEqual({
			item: [{ mode: 'everyX', unit: 'minutes', value: 5 }],
		});
		expect(own).toContain('within five minutes');
	});
});
