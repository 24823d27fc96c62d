import { randomUUID } from 'node:crypto';

import type { Device } from '../../simulator/tenant/state/types';
import { jiraChanges, startJira, type Jira } from './services/jira';
import { expectExactNote, storeExample } from './support/example';
import { answerForm, openForm, type FormPage } from './support/form';
import { startKandji, type Kandji } from './support/kandji';

describe('Lost device', () => {
	const signIn = { user: 'helpdesk', password: 'form-password' };
	let kandji: Kandji;
	let jira: Jira;
	let path: string;
	let workflow: Awaited<ReturnType<typeof storeExample>>;

	beforeAll(async () => {
		[kandji, jira] = await Promise.all([startKandji({ devices: 60 }), startJira()]);
	});
	beforeEach(async () => {
		kandji.tenant.reset();
		jira.issues.length = 0;
		path = randomUUID();
		const { credentials, nodes } = jiraChanges(jira);
		workflow = await storeExample(kandji, 'lost-device', {
			credentials: { ...credentials, 'Form sign-in': { type: 'httpBasicAuth', data: signIn } },
			nodes: { ...nodes, 'On form submission': { webhookId: path } },
		});
		await kandji.client.activate(workflow);
	});
	afterEach(async () => await kandji.client.deactivate(workflow));
	afterAll(async () => await Promise.all([kandji.tenant.close(), jira.close()]));

	const devices = () => [...kandji.tenant.state.devices.values()];
	const deviceOf = (platform: string) => devices().find((one) => one.platform === platform)!;
	const writes = () => kandji.tenant.counters.log.filter(({ method }) => method !== 'GET');
	const SCREEN = ['Please call us', '+1 555 0100'];
	const report = async (device: string, account = signIn) =>
		await openForm(kandji.client, path, account, [device, 'Left in a taxi', ...SCREEN]);
	/** What the device was sent. */
	const sent = (action: string) => writes().find(({ url }) => url.endsWith(`/${action}`))?.body;
	const answer = async (page: FormPage, text: 'Yes' | 'No') =>
		await answerForm(kandji.client, page, [text]);
	const notesOf = ({ device_id }: Device) =>
		(kandji.tenant.state.notes.get(device_id) ?? []).map(({ content }) => content);

	it('locks a Mac after its plan is approved, with a note, and a ticket with the PIN', async () => {
		const mac = deviceOf('Mac');
		const page = await report(mac.serial_number.toLowerCase());
		expect(page.text).toContain('Is this the device?');
		expect(page.text).toMatch(new RegExp(`Lock [^<]*\\(${mac.serial_number}\\)`));
		expect(page.text).toContain(`Blueprint: ${mac.blueprint_name}`);
		expect(writes()).toEqual([]);

		const end = await answer(page, 'Yes');
		const pin = kandji.tenant.state.locks.get(mac.device_id);
		expect(pin).toMatch(/^\d{6}$/);
		expect(sent('lock')).toEqual({ Message: SCREEN[0], PhoneNumber: SCREEN[1] });
		expect(notesOf(mac)[0]).toContain('Lost device');
		expect(jira.issues).toHaveLength(1);
		expect(jira.issues[0]!.fields).toMatchObject({
			summary: `Lost device: ${mac.device_name} (${mac.serial_number})`,
			description: expect.stringMatching(
				new RegExp(`\nLeft in a taxi\nLocked. The PIN to unlock it: ${pin}$`),
			),
		});
		expect(end.text).toContain(`Ticket ${jira.issues[0]!.key}`);
	});

	it('turns on Lost Mode on an iPad that is found by its user', async () => {
		const ipad = deviceOf('iPad');
		const [user] = [...kandji.tenant.state.users.values()];
		const { id, name, email, archived } = user!;
		for (const device of devices()) {
			if ((device.user || undefined)?.id === id) device.user = '';
		}
		ipad.user = { id, name, email, is_archived: archived };
		const page = await report(email);
		expect(page.text).toContain(ipad.serial_number);
		await answer(page, 'Yes');
		expect(kandji.tenant.state.lostMode.get(ipad.device_id)).toMatchObject({
			lost_mode_status: 'ENABLED',
		});
		expect(sent('enablelostmode')).toEqual({ Message: SCREEN[0], PhoneNumber: SCREEN[1] });
		expect(notesOf(ipad)[0]).toContain('Lost device');
		expect(jira.issues[0]!.fields.description).toContain(`iPad of ${email}\n`);
		expect(jira.issues[0]!.fields.description).not.toContain('PIN');
	});

	it('does nothing when it is not approved', async () => {
		const end = await answer(await report(deviceOf('Mac').serial_number), 'No');
		expect(end.text).toContain('Nothing was sent');
		expect(writes()).toEqual([]);
		expect(jira.issues).toEqual([]);
	});

	it('asks for the password of the form', async () => {
		const stranger = { ...signIn, password: 'guessed' };
		await expect(report(deviceOf('Mac').serial_number, stranger)).rejects.toThrow('401');
	});

	it('stops before anything is asked unless exactly one device of a fitting platform is found', async () => {
		const [user] = [...kandji.tenant.state.users.values()];
		const { id, name, email, archived } = user!;
		const macs = devices().filter(({ platform }) => platform === 'Mac');
		for (const mac of macs.slice(0, 2)) mac.user = { id, name, email, is_archived: archived };
		const several = await report(email);
		expect(several.text).toContain('Nothing was sent');
		for (const { serial_number } of macs.slice(0, 2)) expect(several.text).toContain(serial_number);

		const none = await report('nobody@acme.example');
		expect(none.text).toContain('No device found for "nobody@acme.example"');

		const box = deviceOf('AppleTV');
		const other = await report(box.serial_number);
		expect(other.text).toContain(`${box.device_name} is neither a Mac nor an iPhone or iPad.`);
		expect(writes()).toEqual([]);
		expect(jira.issues).toEqual([]);
	});

	it('says why Kandji refused, and opens no ticket', async () => {
		const mac = deviceOf('Mac');
		kandji.tenant.state.locks.set(mac.device_id, '123456');
		const end = await answer(await report(mac.serial_number), 'Yes');
		expect(end.text).toContain('Stopped');
		expect(end.text).toContain('This device is already locked.');
		expect(jira.issues).toEqual([]);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('lost-device');
	});
});
