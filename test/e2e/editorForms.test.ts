import { isDeepStrictEqual } from 'node:util';
import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodeTypeDescription,
	type NodeParameterValueType,
} from 'n8n-workflow';
import pWaitFor from 'p-wait-for';
import type { Locator } from 'playwright-core';

import { displayed, operationsOf, withDefaults } from '../structure/description';
import { openNode, showWorkflow, startEditor, type Editor } from './browser/editor';
import { iconsIn } from './browser/panel';
import { startKandji, type Kandji } from './support/kandji';
import { unconnected } from './support/workflow';

/** What n8n adds to every declarative node. */
const REQUEST_OPTIONS = 'requestOptions';
const CUSTOM_API_CALL_KEY = '__CUSTOM_API_CALL__';
const TIMING = { interval: 30, timeout: 15_000 };

describe('the forms of the node', () => {
	let kandji: Kandji;
	let editor: Editor;

	beforeAll(async () => {
		kandji = await startKandji({ devices: 5 });
		editor = await startEditor();
	});
	afterAll(async () => {
		await editor?.close();
		await kandji?.tenant.close();
	});

	it('show every field of every operation, once, and without an error', async () => {
		const type = (await kandji.client.nodeTypes()).find(({ name }) => name.endsWith('.kandji'));
		if (!type) throw new Error('n8n has not loaded the node');
		const forms = operationsOf(type)
			.filter(({ operation }) => operation.value !== CUSTOM_API_CALL_KEY)
			.map(({ resource, operation, parameters }) => ({
				name: `${resource.name}: ${operation.name}`,
				...wholeForm(type, parameters),
			}));
		const nodes = forms.map(({ name, parameters }) => kandji.node(name, parameters));
		const workflow = await showWorkflow(editor, kandji, unconnected(nodes));
		for (const { name, labels } of forms) {
			const panel = await openNode(editor.page, workflow, name);
			const form = panel.getByTestId('node-parameters').first();
			// The editor adds the fields one by one.
			await pWaitFor(async () => isDeepStrictEqual(await labelsOf(form), labels), TIMING).catch(
				() => {},
			);
			expect({ name, labels: await labelsOf(form) }).toEqual({ name, labels });
			expect({ name, problems: editor.problems() }).toEqual({ name, problems: [] });
			for (const icon of await iconsIn(panel)) expect(icon).toContain('/icons/n8n-nodes-kandji/');
		}
	});
});

/** The defaults, and every optional field added, as a click on each of "Add Field" does. */
function wholeForm(type: INodeTypeDescription, operation: INodeParameters) {
	const parameters = withDefaults(type, operation);
	const labels: string[] = [];
	for (const property of displayed(type, parameters)) {
		if (property.name === REQUEST_OPTIONS) continue;
		if (property.type !== 'notice') labels.push(property.displayName);
		if (property.type !== 'collection') continue;
		const fields = (property.options ?? []) as INodeProperties[];
		parameters[property.name] = Object.fromEntries(fields.map((f) => [f.name, added(f)]));
		labels.push(...fields.flatMap(labelsIn));
	}
	return { parameters, labels };
}

/** The value of a field that was just added: its default, or its first group with defaults. */
function added(field: INodeProperties): NodeParameterValueType {
	if (field.type !== 'fixedCollection') return field.default;
	const [group] = field.options as INodePropertyCollection[];
	const value = Object.fromEntries((group?.values ?? []).map((v) => [v.name, v.default]));
	return { [group?.name ?? '']: field.typeOptions?.multipleValues ? [value] : value };
}

function labelsIn(field: INodeProperties): string[] {
	if (field.type !== 'fixedCollection') return [field.displayName];
	const [group] = field.options as INodePropertyCollection[];
	const fields = group?.values ?? [];
	const row = Object.fromEntries(fields.map(({ name, default: value }) => [name, value]));
	return [
		field.displayName,
		...fields
			.filter((value) => NodeHelpers.displayParameter(row, value, null, null))
			.map(({ displayName }) => displayName),
	];
}

/** The labels that the editor shows before those of n8n itself, from top to bottom. */
async function labelsOf(form: Locator): Promise<string[]> {
	const shown = await form
		.locator('label[for]')
		.evaluateAll((labels: Label[]) =>
			labels.map(({ htmlFor, innerText }) => ({ htmlFor, text: innerText })),
		);
	const end = shown.findIndex(({ htmlFor }) => htmlFor === REQUEST_OPTIONS);
	return shown
		.slice(0, end)
		.map(({ text }) => text.replace(/\s*Fixed\s*Expression\s*$/, '').trim());
}

interface Label {
	htmlFor: string;
	innerText: string;
}
