import { statSync } from 'node:fs';
import path from 'node:path';

import { projectFolder } from '../../scripts/n8n/environment';
import { newWorkflow, openNode, startEditor, type Editor } from './browser/editor';
import { executeStep, fill } from './browser/panel';
import { film } from './browser/picture';
import { startKandji, type Kandji } from './support/kandji';

const ERASE = 'POST /api/v1/devices/{device_id}/action/erase';

describe('the tour of the README', () => {
	let kandji: Kandji;
	let editor: Editor;

	beforeAll(async () => {
		kandji = await startKandji({ devices: 250 }, undefined, 'Kandji account');
		editor = await startEditor();
	});
	afterAll(async () => {
		await editor?.close();
		await kandji?.tenant.close();
	});

	it('picks a Mac, previews its erase, and is refused under another serial number', async () => {
		const { page } = editor;
		const tour = film('tour');
		const mac = [...kandji.tenant.state.devices.values()].find(
			({ device_name, user }) => /MacBook/.test(device_name) && user,
		)!;
		const erase = kandji.node('Erase', { resource: 'deviceAction', operation: 'erase' });
		const workflow = await newWorkflow(editor, kandji, erase);
		await tour.take(page, 1.5);
		const panel = await openNode(page, workflow, 'Erase');
		await tour.take(page, 1.5);

		await panel.getByTestId('rlc-input').click();
		const items = page.getByTestId('rlc-item');
		await items.nth(10).waitFor();
		await tour.take(page, 2);
		await page.getByTestId('rlc-search').fill(mac.serial_number);
		await items.nth(1).waitFor({ state: 'hidden' });
		await tour.take(page, 2.5);
		await items.filter({ hasText: mac.serial_number }).click();

		await fill(panel, 'confirmSerialNumber', mac.serial_number);
		const dryRun = panel.getByTestId('parameter-input-dryRun').locator('.el-switch');
		const confirmation = panel.getByText('Confirm Serial Number', { exact: true });
		await dryRun.click();
		await confirmation.scrollIntoViewIfNeeded();
		await tour.take(page, 2);
		await executeStep(panel, `Erase ${mac.model} of`);
		await tour.take(page, 4);

		await dryRun.click();
		await fill(panel, 'confirmSerialNumber', 'FVHHFKF7Q6L4');
		await confirmation.scrollIntoViewIfNeeded();
		await tour.take(page, 2);
		await executeStep(panel, 'Confirm Serial Number does not match');
		await tour.take(page, 4.5);
		await tour.end();

		expect(kandji.tenant.counters.operations[ERASE]?.received ?? 0).toBe(0);
		expect(editor.problems()).toEqual([]);
	});

	it('is small enough for a page', () => {
		const { size } = statSync(path.join(projectFolder, 'docs/images/tour.png'));
		expect(size).toBeLessThan(1_500_000);
	});
});
