import type { Device } from '../../simulator/tenant';
import { goTo, newWorkflow, openNode, startEditor, type Editor } from './browser/editor';
import { executeStep, fill, iconsIn, picked, showOutputAs } from './browser/panel';
import { picture } from './browser/picture';
import { startKandji, type Kandji } from './support/kandji';

const DEVICES = 250;
const PICKER_PAGE = 100;

describe('running the node from the editor', () => {
	let kandji: Kandji;
	let editor: Editor;

	beforeAll(async () => {
		kandji = await startKandji({ devices: DEVICES }, undefined, 'Kandji account');
		editor = await startEditor();
	});
	beforeEach(() => kandji.tenant.reset());
	afterAll(async () => {
		await editor?.close();
		await kandji?.tenant.close();
	});

	const deviceLabel = ({ device_name, serial_number }: Device) =>
		`${device_name} (${serial_number})`;

	const aMac = () =>
		[...kandji.tenant.state.devices.values()].find(({ platform }) => platform === 'Mac')!;

	it('picks a device from the list: search, and a second page', async () => {
		const { page } = editor;
		const get = kandji.node('Device', { resource: 'device', operation: 'get' });
		const workflow = await newWorkflow(editor, kandji, get);
		const panel = await openNode(page, workflow, 'Device');
		await panel.getByTestId('rlc-input').click();
		const items = page.getByTestId('rlc-item');
		await items.nth(PICKER_PAGE - 1).waitFor();
		expect(await items.count()).toBe(PICKER_PAGE);
		await picture(page, 'device-picker');
		await items.last().scrollIntoViewIfNeeded();
		await items.nth(PICKER_PAGE).waitFor();

		const device = [...kandji.tenant.state.devices.values()].at(-1)!;
		await page.getByTestId('rlc-search').fill(device.serial_number);
		const found = items.filter({ hasText: device.serial_number });
		await items.nth(1).waitFor({ state: 'hidden' });
		await found.click();
		expect(await panel.getByTestId('rlc-input').inputValue()).toBe(deviceLabel(device));
		await executeStep(panel, device.device_id);
		expect(editor.problems()).toEqual([]);
	});

	it('runs Get Many and shows its items', async () => {
		const { page } = editor;
		const getMany = kandji.node('Devices', { resource: 'device', operation: 'getAll' });
		const workflow = await newWorkflow(editor, kandji, getMany);
		await picture(page, 'canvas');
		const panel = await openNode(page, workflow, 'Devices');
		await executeStep(panel, '50 items');
		const output = panel.getByTestId('output-panel');
		await showOutputAs(panel, 'table');
		expect(await output.getByTestId('ndv-items-count').innerText()).toContain('50 items');
		const head = await output.locator('thead').innerText();
		expect(head).toMatch(/^device_name\s+serial_number\s+platform\s+model/);
		await picture(page, 'device-list');
		expect(editor.problems()).toEqual([]);
	});

	it('refuses to erase a device under another serial number, and erases it under its own', async () => {
		const { page } = editor;
		const { tenant } = kandji;
		const device = aMac();
		const erased = () =>
			tenant.counters.operations['POST /api/v1/devices/{device_id}/action/erase']?.executed ?? 0;
		const erase = {
			resource: 'deviceAction',
			operation: 'erase',
			deviceId: picked(device.device_id, deviceLabel(device)),
		};
		const workflow = await newWorkflow(editor, kandji, kandji.node('Erase', erase));
		const panel = await openNode(page, workflow, 'Erase');

		await fill(panel, 'confirmSerialNumber', 'FVHHFKF7Q6L4');
		await executeStep(
			panel,
			'Confirm Serial Number does not match: the serial number of the device is not "FVHHFKF7Q6L4"',
		);
		await picture(page, 'erase-confirmation');
		expect(erased()).toBe(0);

		await fill(panel, 'confirmSerialNumber', device.serial_number);
		await executeStep(panel, device.device_id);
		expect(erased()).toBe(1);
		expect(editor.problems()).toEqual([]);
	});

	it('fetches the trigger’s test event', async () => {
		const { page } = editor;
		const trigger = kandji.node('Kandji Trigger', {}, { type: 'n8n-nodes-kandji.kandjiTrigger' });
		const panel = await openNode(page, await newWorkflow(editor, kandji, trigger), trigger.name);
		await executeStep(panel, /deviceEnrolled:.*:sample/);
		await showOutputAs(panel, 'table');
		await picture(page, 'trigger');
		expect(editor.problems()).toEqual([]);
	});

	it('shows its dark icon in the dark theme', async () => {
		const { page } = editor;
		await goTo(page, '/settings/personal');
		await page.getByTestId('theme-select').click();
		await page.getByRole('option', { name: 'Dark theme' }).click();
		await page.getByRole('button', { name: 'Save' }).click();
		await page.locator('body[data-theme="dark"]').waitFor();
		const getMany = kandji.node('Devices', { resource: 'device', operation: 'getAll' });
		const workflow = await newWorkflow(editor, kandji, getMany);
		const node = page.locator('[data-test-id="canvas-node"][data-node-name="Devices"]');
		for (const icon of await iconsIn(node)) expect(icon).toMatch(/\/kandji\.dark\.svg$/);
		const panel = await openNode(page, workflow, 'Devices');
		await executeStep(panel, '50 items');
		await showOutputAs(panel, 'table');
		await picture(page, 'dark-theme');
		expect(editor.problems()).toEqual([]);
	});
});
