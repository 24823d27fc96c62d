import { newWorkflow, openNode, startEditor, type Editor } from './browser/editor';
import { choose, fill, iconsIn, optionsOf, shownIn } from './browser/panel';
import { picture } from './browser/picture';
import { startKandji, type Kandji } from './support/kandji';

const WRONG_TOKEN = '00000000-0000-4000-8000-000000000000';

describe('the node in the editor', () => {
	let kandji: Kandji;
	let editor: Editor;

	beforeAll(async () => {
		kandji = await startKandji();
		editor = await startEditor();
	});
	afterAll(async () => {
		await editor?.close();
		await kandji?.tenant.close();
	});

	it('is found by "MDM", "Iru" and "Kandji", and is added with the chosen operation', async () => {
		const { page } = editor;
		await newWorkflow(editor, kandji);
		await page.getByTestId('node-creator-plus-button').click();
		const search = page.getByTestId('node-creator-search-bar');
		const item = page.getByTestId('item-iterator-item');
		const found = item.filter({ has: page.getByText('Kandji', { exact: true }) });
		for (const text of ['MDM', 'Iru', 'Kandji']) {
			await search.fill('no node is called so');
			await found.waitFor({ state: 'hidden' });
			await search.fill(text);
			await found.waitFor();
			for (const icon of await iconsIn(found)) expect(icon).toMatch(/\/kandji\.svg$/);
		}
		await found.click();
		const action = page.getByTestId('node-creator-item-name');
		await action.getByText('Get many ADE devices').waitFor();
		await picture(page, 'node-panel');
		await action.getByText('Get many devices', { exact: true }).click();
		const panel = page.getByTestId('ndv');
		expect(await shownIn(panel, 'resource')).toBe('Device');
		expect(await shownIn(panel, 'operation')).toBe('Get Many');
		expect(editor.problems()).toEqual([]);
	});

	it('offers every resource, and the operations of the chosen one', async () => {
		const types = await kandji.client.nodeTypes();
		const properties = types.find(({ name }) => name.endsWith('.kandji'))?.properties ?? [];
		const optionNames = (name: string, resource?: string) =>
			properties
				.filter(
					(p) =>
						p.name === name && (!resource || p.displayOptions?.show?.resource?.includes(resource)),
				)
				.flatMap((p) => p.options ?? [])
				.map((option) => option.name);
		const workflow = await newWorkflow(editor, kandji, kandji.node('Kandji', {}));
		const panel = await openNode(editor.page, workflow, 'Kandji');
		expect(await optionsOf(panel, 'resource')).toEqual(optionNames('resource'));
		await choose(panel, 'resource', 'Device Action');
		expect(await optionsOf(panel, 'operation')).toEqual(optionNames('operation', 'deviceAction'));
		await choose(panel, 'operation', 'Lock');
		expect(await shownIn(panel, 'operation')).toBe('Lock');
		expect(editor.problems()).toEqual([]);
	});

	it('tests a new credential: green, and red with a wrong token', async () => {
		const { page } = editor;
		const workflow = await newWorkflow(editor, kandji, kandji.node('Kandji', {}));
		const panel = await openNode(page, workflow, 'Kandji');
		await panel.getByTestId('node-credentials-slot').getByRole('combobox').click();
		await page.getByTestId('node-credentials-select-item-new').click();
		const form = page.getByTestId('credential-edit-dialog');
		await fill(form, 'subdomain', 'acme');
		await fill(form, 'token', kandji.tenant.token);
		await picture(page, 'credential-form');
		await choose(form, 'region', 'Custom');
		await fill(form, 'apiUrl', kandji.tenant.url);
		const save = page.getByTestId('credential-save-button');
		await save.click();
		// n8n closes the form of a new credential when its test is green.
		await form.waitFor({ state: 'hidden' });
		await panel.getByTestId('credential-edit-button').click();
		await form.getByText('Connection tested successfully').waitFor();
		await picture(page, 'credential');

		await fill(form, 'token', WRONG_TOKEN);
		await save.click();
		await form.getByText('More details').click();
		await form
			.getByText(/Kandji rejected this token. It may be mistyped or revoked: create/)
			.waitFor();
		expect(editor.problems()).toEqual([]);
	});
});
