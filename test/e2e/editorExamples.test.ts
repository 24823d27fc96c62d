import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import pWaitFor from 'p-wait-for';
import type { Locator } from 'playwright-core';

import { projectFolder } from '../../scripts/n8n/environment';
import { exampleFiles } from '../../scripts/start/workflows';
import { startEditor, type Editor } from './browser/editor';
import { iconsIn } from './browser/panel';
import { picture, type Box } from './browser/picture';
import { readExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

const MARGIN = 24;

/** The part of the page that holds all of the elements, with a margin. */
async function boxAround(elements: Locator): Promise<Box> {
	const boxes = (await Promise.all((await elements.all()).map((one) => one.boundingBox()))).filter(
		(box) => box !== null,
	);
	const x = Math.min(...boxes.map((box) => box.x)) - MARGIN;
	const y = Math.min(...boxes.map((box) => box.y)) - MARGIN;
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN;
	return { x, y, width: right - x, height: bottom - y };
}

describe('the example workflows in the editor', () => {
	let kandji: Kandji;
	let editor: Editor;

	beforeAll(async () => {
		kandji = await startKandji({ devices: 3 }, undefined, 'Kandji account');
		editor = await startEditor();
	});
	afterAll(async () => {
		await editor?.close();
		await kandji?.tenant.close();
	});

	it.each(exampleFiles())('imports %s', async (file) => {
		const { page } = editor;
		const { nodes } = await readExample(path.parse(file).name);
		// Loaded anew: n8n would ask whether to save the workflow before.
		await page.goto('/workflow/new');
		const canvas = page.getByTestId('canvas-wrapper');
		await canvas.waitFor();
		await page
			.getByTestId('workflow-import-input')
			.setInputFiles(path.join(projectFolder, 'workflows', file));

		const shown = page.getByTestId('canvas-node').or(page.getByTestId('sticky'));
		await shown.nth(nodes.length - 1).waitFor();
		expect(await shown.count()).toBe(nodes.length);
		for (const { name } of nodes) {
			await expect(canvas.locator(`[data-node-name="${name}"]`).count()).resolves.not.toBe(0);
		}
		for (const icon of await iconsIn(canvas)) expect(icon).not.toBe('');
		// The canvas glides to its new place.
		await page.getByTestId('zoom-to-fit').click();
		// What was imported is selected.
		await canvas.click({ position: { x: 5, y: 5 } });
		let box = await boxAround(shown);
		await pWaitFor(
			async () => {
				const before = box;
				box = await boxAround(shown);
				return isDeepStrictEqual(box, before);
			},
			{ interval: 250, timeout: 10_000 },
		);
		await picture(page, `workflows/${path.parse(file).name}`, box);
		expect(editor.problems()).toEqual([]);
	});
});
