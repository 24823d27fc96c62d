import type { INodeParameters } from 'n8n-workflow';

import { runNode, type KandjiCredential } from '../../simulator/engine/engine';
import { startTenant, type Tenant } from '../../simulator/tenant/index';

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const hostileText = `<b>"R&D"</b>\n{"content": null} ?#%2e 🔧`;

describe('Device Note', () => {
	let tenant: Tenant;
	let credential: KandjiCredential;
	let deviceId: INodeParameters;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 5 });
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => {
		tenant.reset();
		const [device] = tenant.state.devices.list();
		deviceId = byId(device!.device_id);
		tenant.state.notes.clear();
	});
	afterAll(async () => await tenant.close());

	const run = async (operation: string, parameters: INodeParameters = {}) =>
		await runNode({ resource: 'deviceNote', operation, deviceId, ...parameters }, { credential });

	it('is written, read, replaced and deleted', async () => {
		const created = (await run('create', { content: hostileText })).items[0]!.json;
		expect(created).toMatchObject({ content: hostileText });
		const noteId = String(created.note_id);
		expect((await run('get', { noteId })).items[0]?.json).toEqual(created);
		await run('update', { noteId, content: 'Screen replaced' });
		expect((await run('getAll')).items.map(({ json }) => json.content)).toEqual([
			'Screen replaced',
		]);
		expect((await run('delete', { noteId })).items[0]?.json).toEqual({
			deleted: true,
			device_id: expect.any(String),
			note_id: noteId,
		});
		expect((await run('getAll', { returnAll: true })).items).toEqual([]);
	});

	it.each([
		['create', { content: '={{ $json.none }}' }, 'Content is empty'],
		['update', { noteId: '../../x', content: 'x' }, 'Note is not a valid ID: "../../x"'],
		['delete', { noteId: '={{ $json.none }}' }, 'Note is empty'],
		['getAll', { deviceId: byId('={{ $json.none }}') }, 'Device is empty'],
	])('%s refuses %j before any request', async (operation, parameters, message) => {
		const { error } = await run(operation, parameters as INodeParameters);
		expect(error?.message).toBe(message);
		expect(tenant.counters.total.received).toBe(0);
	});

	const byText = (value: string) => ({ __rl: true, mode: 'text', value });

	it('is found by its text, exactly and in any case, on the device that is chosen', async () => {
		const [, other] = tenant.state.devices.list();
		for (const content of ['Battery replaced', 'Battery', 'Screen'])
			await run('create', { content });
		await run('create', { deviceId: byId(other!.device_id), content: 'battery' });
		const { items } = await run('get', { noteId: byText(' BATTERY ') });
		expect(items.map(({ json }) => json.content)).toEqual(['Battery']);
		await run('delete', { noteId: byText('battery') });
		const left = (await run('getAll', { returnAll: true })).items;
		expect(left.map(({ json }) => json.content).sort()).toEqual(['Battery replaced', 'Screen']);
		expect(tenant.state.notes.get(other!.device_id)).toHaveLength(1);
	});

	it('is not guessed: two notes of one text, or none, are refused', async () => {
		await run('create', { content: 'Loaner' });
		await run('create', { content: 'loaner' });
		const notes = (await run('getAll')).items.map(({ json }) => String(json.note_id));
		const several = await run('delete', { noteId: byText('Loaner') });
		expect(several.error?.message).toBe('2 notes of the device have the text "Loaner"');
		for (const id of notes) expect(several.error?.description).toContain(id);
		const none = await run('delete', { noteId: byText('Loan') });
		expect(none.error?.message).toBe('There is no note of the device with the text "Loan"');
		expect((await run('getAll')).items).toHaveLength(2);
	});

	it('says which note was not found', async () => {
		const noteId = 'c0f5ba78-06a2-4914-aa3c-e3415f3ee21b';
		const { error } = await run('get', { noteId });
		expect(error?.message).toContain(`note ${noteId}`);
	});
});
