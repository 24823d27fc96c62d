import type { INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import type { ZodTypeAny } from 'zod';
import { zodToJsonSchema } from 'zod-to-json-schema';

import { createAgentTool, type AgentTool } from '../../simulator/engine/agentTool';
import { loadNodeType } from '../../simulator/engine/package';
import { displayed, operationsOf, withDefaults } from './description';
import { Kandji } from '../../nodes/Kandji/Kandji.node';

const credential = { region: 'custom', apiUrl: 'http://127.0.0.1:9', token: 'token-of-the-test' };

/** What a person enters where the field is not for others to see. */
const secret = 'secret-that-a-person-entered';

const operations = operationsOf(new Kandji().description as INodeTypeDescription).map(
	({ resource, operation, parameters }) => ({
		title: `${resource.name} › ${operation.name}`,
		operation,
		parameters,
	}),
);

/** Fields that take no value of a model, tell it what the tool is, or name a file. */
const ofPerson =
	/^(allowDestructiveActions|binaryPropertyName|check[A-Z]\w+|confirm\w+|maximumItems|operation|resource|returnSecrets|toolDescription)$/;

const chosenByModel = ['boolean', 'dateTime', 'json', 'number', 'string'];

/** The value of a field that the model fills in, as n8n's editor writes it. */
function fromModel({ displayName, description = '', type }: INodeProperties): string {
	const key = displayName.replace(/[^\w-]+/g, '_');
	const kind = type === 'number' || type === 'boolean' ? type : 'string';
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description.replace(/`/g, '')}\`, '${kind}') }}`;
}

/** The parameters of a tool in which the model fills in every field that it may. */
function filledByModel(
	description: INodeTypeDescription,
	parameters: INodeParameters,
): INodeParameters {
	const fields = displayed(description, withDefaults(description, parameters));
	const filled: INodeParameters = { ...parameters };
	for (const field of fields) {
		if (ofPerson.test(field.name)) continue;
		if (field.type === 'resourceLocator') {
			filled[field.name] = { __rl: true, mode: 'id', value: fromModel(field) };
		} else if (field.typeOptions?.password === true) filled[field.name] = secret;
		else if (chosenByModel.includes(field.type)) filled[field.name] = fromModel(field);
	}
	return filled;
}

describe.each(operations)('the tool $title', ({ operation, parameters }) => {
	let tool: AgentTool;
	let schema: { properties: Record<string, { description?: string; type?: string }> };

	beforeAll(async () => {
		const { description } = await loadNodeType('kandjiTool');
		tool = await createAgentTool(filledByModel(description, parameters), { credential });
		schema = zodToJsonSchema(tool.schema as ZodTypeAny) as typeof schema;
	});

	it('has a name and a description of its own', () => {
		expect(tool.name).toMatch(/^\w{1,64}$/);
		expect(tool.description).toMatch(/^[A-Z].+\. .+\.$/);
		expect(tool.description.length).toBeLessThanOrEqual(300);
		expect(tool.description).toContain(operation.description!.replace(/\.$/, ''));
		expect(tool.description).toMatch(/Returns|returns|withheld|large/);
	});

	it('says what its device is found by', () => {
		const isOnDevice = (operation.routing?.request?.url ?? '').includes('{{deviceId}}');
		const said = 'Device: serial number, name, email or ID.';
		if (isOnDevice) expect(tool.description).toContain(said);
	});

	it('has a schema of at most 2 KB, in which every argument has a type and a description', () => {
		expect(Buffer.byteLength(JSON.stringify(schema))).toBeLessThanOrEqual(2 * 1024);
		for (const { description, type } of Object.values(schema.properties)) {
			expect(description).toMatch(/\w{3}/);
			expect(type).toMatch(/^(boolean|number|string)$/);
		}
	});

	it('tells no secret, and asks for none of what only a person enters', () => {
		const told = JSON.stringify([tool.name, tool.description, schema]);
		for (const value of [credential.token, secret]) expect(told).not.toContain(value);
		expect(Object.keys(schema.properties).join()).not.toMatch(/Allow|Confirm_|Maximum_Items/);
	});
});

it('has a description of its own for every operation', async () => {
	const { description } = await loadNodeType('kandjiTool');
	const texts = operations.map(
		({ parameters }) => withDefaults(description, parameters).toolDescription,
	);
	expect(new Set(texts).size).toBe(operations.length);
});
