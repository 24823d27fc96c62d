import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { apiPath } from '../../nodes/Kandji/transport/routing/ids';
import { deviceList } from '../../nodes/Kandji/trigger/devices/list';
import { feedEvents, type EventName, type FeedEvent } from '../../nodes/Kandji/trigger/events';
import type { NewWorkflow } from '../../scripts/n8n/types';
import { exampleFiles } from '../../scripts/start/workflows';
import { operationsOf, withDefaults } from '../structure/description';
import { startTenant, type Tenant } from '../../simulator/tenant';
import { notedPermissions } from './permissions';

const { description } = new Kandji();
const operations = operationsOf(description);

/** The categories of Prism that a node reads: the chosen one, or those of which a model is told. */
function categoriesOf(category: string): string[] {
	if (!category.startsWith('=')) return [category];
	const [, named = ''] = /\$fromAI\('\w+', `One of ([^`]+)`/.exec(category) ?? [];
	return named.split(', ');
}

/** The requests that the chosen operation of a Kandji node is there for. */
function ownRequests(node: INode): Array<{ method: string; path: string }> {
	const parameters = withDefaults(description, node.parameters);
	const chosen = operations.find(
		({ resource, operation }) =>
			resource.value === parameters.resource && operation.value === parameters.operation,
	);
	const { method, url } = chosen?.operation.routing?.request ?? {};
	if (method === undefined || url === undefined) throw new Error(`"${node.name}" has no request`);
	const path = apiPath(url);
	if (!path.includes('{category}')) return [{ method, path }];
	// Each category of Prism is a permission of its own.
	return categoriesOf(String(parameters.category)).map((category) => ({
		method,
		path: path.replace('{category}', category),
	}));
}

/** What a trigger reads for its events: the device list, feeds, or both. */
function sourcesOf({ events }: INodeParameters): string[] {
	return (events as EventName[]).map(
		(event) =>
			`GET ${event in feedEvents ? feedEvents[event as FeedEvent].feed.path : deviceList.path}`,
	);
}

/** The node as a tool of a model. */
const TOOL = 'n8n-nodes-kandji.kandjiTool';

const folder = join(__dirname, '../../workflows');
const examples = exampleFiles().map((file) => {
	const { nodes, connections } = JSON.parse(
		readFileSync(join(folder, file), 'utf8'),
	) as NewWorkflow;
	return {
		file,
		nodes,
		connections,
		codeNodes: nodes.filter(({ type }) => type === 'n8n-nodes-base.code').length,
		kandjiNodes: nodes.filter(({ type }) => ['n8n-nodes-kandji.kandji', TOOL].includes(type)),
		triggers: nodes.filter(({ type }) => type === 'n8n-nodes-kandji.kandjiTrigger'),
		noted: notedPermissions(nodes),
	};
});

/** Half of an example that joins it with Kandji, for those who want it alone. */
const WITHOUT_KANDJI = ['tailscale-to-runzero.json'];

describe.each(examples)('$file', ({ file, nodes, connections, kandjiNodes, triggers, noted }) => {
	const usesKandji = !WITHOUT_KANDJI.includes(file);
	let tenant: Tenant;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 1 });
	});
	afterAll(async () => await tenant.close());

	it('has a note that names permissions of the API, each once', () => {
		expect(noted.length > 0).toBe(usesKandji);
		expect(noted.filter((permission) => !tenant.operations.includes(permission))).toEqual([]);
		expect(noted).toEqual([...new Set(noted)]);
	});

	it('names what its Kandji nodes request', () => {
		const requested = kandjiNodes
			.flatMap(ownRequests)
			.map(({ method, path }) => `${method} ${path}`);
		const read = triggers.flatMap(({ parameters }) => sourcesOf(parameters));
		expect([...requested, ...read].length > 0).toBe(usesKandji);
		expect([...requested, ...read].filter((request) => !noted.includes(request))).toEqual([]);
	});

	it('does not run a node that writes again by itself', () => {
		const repeated = kandjiNodes.filter(
			(node) =>
				ownRequests(node).some(({ method }) => method !== 'GET') && node.retryOnFail === true,
		);
		expect(repeated.map(({ name }) => name)).toEqual([]);
	});

	it('connects nodes that exist, and each tool to one that takes tools', () => {
		const typeOf = new Map(nodes.map(({ name, type }) => [name, type]));
		const links = Object.entries(connections).flatMap(([from, outputs]) =>
			Object.entries(outputs).flatMap(([kind, ends]) =>
				ends.flatMap((end) => (end ?? []).map(({ node: to, type }) => ({ from, kind, to, type }))),
			),
		);
		expect(links.filter(({ from, to }) => !typeOf.has(from) || !typeOf.has(to))).toEqual([]);
		for (const { name } of nodes.filter(({ type }) => type === TOOL)) {
			const taken = links.filter(({ from }) => from === name);
			expect(taken).toEqual([
				{ from: name, kind: 'ai_tool', to: expect.any(String), type: 'ai_tool' },
			]);
			expect(typeOf.get(taken[0]!.to)).toMatch(/\.(agent|mcpTrigger|\w+HitlTool)$/);
		}
	});

	it('leaves no destructive operation and no secret to a model alone', () => {
		for (const { name, type, parameters } of kandjiNodes) {
			if (type !== TOOL) continue;
			expect({ name, returnSecrets: parameters.returnSecrets ?? false }).toEqual({
				name,
				returnSecrets: false,
			});
			if (parameters.allowDestructiveActions !== true) continue;
			const taker = connections[name]?.ai_tool?.[0]?.[0];
			expect(nodes.find((node) => node.name === taker?.node)?.type).toMatch(/HitlTool$/);
		}
	});
});

it('uses no Code node', () => {
	expect(examples.filter(({ codeNodes }) => codeNodes > 0).map(({ file }) => file)).toEqual([]);
});

describe('the permissions in a note', () => {
	const permissionsIn = (content: string) =>
		notedPermissions([{ type: 'n8n-nodes-base.stickyNote', parameters: { content } }]);

	it('are taken from their own paragraph, with the version of the API', () => {
		const list =
			'**Kandji token:**\n- `GET /devices`\n- `GET /api/v2/threat/threat-details` (new)\n';
		const expected = ['GET /api/v1/devices', 'GET /api/v2/threat/threat-details'];
		expect(permissionsIn(`## Title\n\`no\`\n\n${list}\nTurn \`dryRun\` off.`)).toEqual(expected);
		expect(permissionsIn(`${list}**Other service:** \`scope\`.`)).toEqual(expected);
		expect(permissionsIn(list)).toEqual(expected);
		expect(permissionsIn('## Title\n`no`')).toEqual([]);
	});
});
