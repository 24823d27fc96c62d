import { NodeHelpers, type INodeProperties } from 'n8n-workflow';

import type { NewWorkflow } from '../../scripts/n8n/types';
import { loadNodeType } from '../../simulator/engine/package';
import { read } from './pages';

const page = read('docs/ai-agents.md');

/** The fields that the tool shows for an operation, and those in its collections. */
async function fieldsOfTool(resource: string, operation: string): Promise<INodeProperties[]> {
	const { description } = await loadNodeType('kandjiTool');
	return description.properties
		.filter((field) =>
			NodeHelpers.displayParameter({ resource, operation }, field, null, description),
		)
		.flatMap((field) =>
			field.type === 'collection' ? [field, ...(field.options as INodeProperties[])] : [field],
		);
}

it('quotes what a model is told', async () => {
	const fields = await fieldsOfTool('deviceAction', 'restart');
	const told = fields.find(({ name }) => name === 'toolDescription')?.default;
	const [, quoted] = /^\s*> (.+)$/m.exec(page) ?? [];
	expect(quoted).toBe(told);
});

it('says how many tools the example of an MCP server has, and where it answers', () => {
	const { nodes } = JSON.parse(read('workflows/kandji-mcp-server.json')) as NewWorkflow;
	const tools = nodes.filter(({ type }) => type === 'n8n-nodes-kandji.kandjiTool');
	expect(page).toContain(`offers ${tools.length} tools`);
	const trigger = nodes.find(({ type }) => type.endsWith('.mcpTrigger'));
	expect(page).toContain(`/mcp/${String(trigger?.parameters.path)}`);
});

it('names the nodes of the assistant that wait for a person', () => {
	const { connections } = JSON.parse(read('workflows/kandji-assistant.json')) as NewWorkflow;
	const waiting = Object.entries(connections)
		.filter(([, { ai_tool: ends }]) => ends?.[0]?.[0]?.node === 'Approve')
		.map(([name]) => name);
	expect(waiting).toEqual(['Lock device', 'Erase device']);
	for (const name of ['Approve', ...waiting]) expect(page).toContain(`**${name}**`);
});

it.each([
	['device', 'find', ['Find By', 'Value']],
	['device', 'getDetails', ['Device']],
	['device', 'count', ['Platform', 'FileVault Off']],
	['device', 'getAll', ['Fields to Return']],
	['device', 'getLibraryItems', ['Device']],
	['auditEvent', 'getAll', ['Start Date']],
	['vulnerability', 'getAffectedDevices', ['CVE ID']],
	['deviceAction', 'erase', ['Allow Destructive Actions by AI', 'Maximum Items']],
	['deviceSecret', 'getUnlockPin', ['Return Secrets to the Model', 'Tool Description']],
])('names fields of the tool: %s › %s', async (resource, operation, names) => {
	const labels = (await fieldsOfTool(resource, operation)).map(({ displayName }) => displayName);
	expect(labels).toEqual(expect.arrayContaining(names));
	for (const name of names) expect(page).toContain(name);
});
