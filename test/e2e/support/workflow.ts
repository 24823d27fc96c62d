import { randomUUID } from 'node:crypto';
import type { IConnections, IDataObject, INode } from 'n8n-workflow';

import type { NewWorkflow } from '../../../scripts/n8n/types';

/** A node without what n8n's editor would fill in. */
export type NewNode = Pick<INode, 'name' | 'type' | 'parameters'> & Partial<INode>;

/** Name of the manual trigger at the head of {@link chain}. */
export const START = 'Start';

/**
 * A workflow that is started by hand and runs the nodes one after the other.
 * @param items what the trigger puts out
 */
export function chain(items: IDataObject[], ...nodes: NewNode[]): NewWorkflow {
	return {
		...sequence({ name: START, type: 'n8n-nodes-base.manualTrigger', parameters: {} }, ...nodes),
		pinData: { [START]: items.map((json) => ({ json })) },
	};
}

/** A workflow that runs the nodes one after the other, the trigger first. */
export function sequence(trigger: NewNode, ...nodes: NewNode[]): NewWorkflow {
	const all = [trigger, ...nodes];
	const connections: IConnections = {};
	for (const [index, node] of nodes.entries()) {
		const before = all[index]?.name ?? trigger.name;
		connections[before] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	}
	return {
		name: `Test ${nodes.map(({ name }) => name).join(', ')}`,
		nodes: all.map((node, index) => ({
			id: randomUUID(),
			typeVersion: 1,
			position: [index * 200, 0],
			...node,
		})),
		connections,
	};
}

/** n8n's webhook trigger: `POST /webhook/<path>` starts an execution and is answered at once. */
export const webhook = (path: string): NewNode => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: randomUUID(),
	parameters: { httpMethod: 'POST', path, responseMode: 'onReceived' },
});

/** A workflow of nodes that are not connected. */
export const unconnected = (nodes: NewNode[]): NewWorkflow => ({
	name: `Test ${nodes[0]?.name}`,
	nodes: nodes.map((node, index) => ({
		id: randomUUID(),
		typeVersion: 1,
		position: [(index % 12) * 200, Math.floor(index / 12) * 200],
		...node,
	})),
	connections: {},
});

/** n8n's Edit Fields node: each field is an expression, without its leading "=". */
export const editFields = (name: string, fields: Record<string, string>): NewNode => ({
	name,
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		assignments: {
			assignments: Object.entries(fields).map(([field, expression]) => ({
				id: field,
				name: field,
				type: 'string',
				value: `=${expression}`,
			})),
		},
	},
});
