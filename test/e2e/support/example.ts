import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { INode } from 'n8n-workflow';

import { projectFolder } from '../../../scripts/n8n/environment';
import type { Execution, NewCredential, NewWorkflow } from '../../../scripts/n8n/types';
import { withCredential } from '../../../scripts/start/workflows';
import type { Tenant } from '../../../simulator/tenant';
import { notedPermissions } from '../../workflows/permissions';
import type { Kandji } from './kandji';

/** What a test changes in an example before it runs: what its sticky note asks people to change. */
export interface Changes {
	/** Values of the Settings node, by the names of its fields. */
	settings?: Record<string, string | number | boolean>;
	/** Bearer token of another service, by the name of the credential in the file. */
	tokens?: Record<string, string>;
	/** Other credentials of another service, by the name of the credential in the file. */
	credentials?: Record<string, Pick<NewCredential, 'type' | 'data'>>;
	/** What somebody changed in a node, by its name: settings, and parameters that replace those in the file. */
	nodes?: Record<string, Partial<INode>>;
	/** What a node puts out instead of running, by its name. */
	pinData?: NewWorkflow['pinData'];
}

/** Name of the node that starts an example by hand. */
export const MANUAL_TRIGGER = 'When clicking ‘Execute workflow’';

interface Assignment {
	name: string;
	value: unknown;
}

function withSettings(node: INode, settings: Record<string, unknown>): INode {
	const { assignments } = node.parameters.assignments as unknown as { assignments: Assignment[] };
	const unknown = Object.keys(settings).filter(
		(name) => !assignments.some((assignment) => assignment.name === name),
	);
	if (unknown.length > 0) throw new Error(`Settings has no ${unknown.join(', ')}`);
	const changed = assignments.map((assignment) => ({
		...assignment,
		value: (settings[assignment.name] ?? assignment.value) as string,
	}));
	return { ...node, parameters: { ...node.parameters, assignments: { assignments: changed } } };
}

const withChanges = (node: INode, changes: Partial<INode> = {}): INode => ({
	...node,
	...changes,
	parameters: { ...node.parameters, ...changes.parameters },
});

/** An example workflow of the checkout as its file has it. */
export async function readExample(file: string): Promise<NewWorkflow> {
	const text = await readFile(path.join(projectFolder, 'workflows', `${file}.json`), 'utf8');
	return JSON.parse(text) as NewWorkflow;
}

/** What the runs of an example did with the permissions of its note. */
interface PermissionUse {
	/** Named, and not used so far. */
	unused: Set<string>;
	/** Asked for, and not named. */
	refused: Set<string>;
}

/** By the name of the example's file. */
const uses = new Map<string, PermissionUse>();

/** Lets the tenant's token do what the note of an example names and nothing else, and watches what it does. */
function grantNoted({ permissions, counters }: Tenant, file: string, nodes: INode[]): void {
	const noted = notedPermissions(nodes);
	permissions.only(noted);
	const use = uses.get(file) ?? { unused: new Set(noted), refused: new Set<string>() };
	uses.set(file, use);
	counters.onAnswer = ({ operation, executed, status }) => {
		if (executed) use.unused.delete(operation);
		if (status === 403) use.refused.add(operation);
	};
}

/**
 * Expects that the runs of an example in this test file used every permission that its note names, and asked for
 * no other, be it in a node that goes on after an error. For a test after those that run the example.
 */
export function expectExactNote(file: string): void {
	expect(uses.get(file)).toEqual({ unused: new Set(), refused: new Set() });
}

/**
 * Stores an example in n8n with the tenant's credential, those of other services, and other settings. From then on
 * until its next reset, the tenant's token has only the permissions that the example's note names.
 */
export async function storeExample(kandji: Kandji, file: string, changes: Changes = {}) {
	const { client, credential } = kandji;
	let { name, nodes, connections, settings } = await readExample(file);
	grantNoted(kandji.tenant, file, nodes);
	({ name, nodes, connections, settings } = withCredential(
		{ name, nodes, connections, settings },
		credential,
	));
	nodes = nodes.map((node) => withChanges(node, changes.nodes?.[node.name]));
	const tokens = Object.entries(changes.tokens ?? {}).map(
		([credentialName, token]) =>
			[credentialName, { type: 'httpBearerAuth', data: { token } }] as const,
	);
	for (const [credentialName, { type, data }] of [
		...tokens,
		...Object.entries(changes.credentials ?? {}),
	]) {
		const { id } = await client.createCredential({
			name: `${credentialName} ${kandji.tenant.url}`,
			type,
			data: { ...data, allowedHttpRequestDomains: 'all' },
		});
		nodes = nodes.map((node) =>
			node.credentials?.[type]?.name === credentialName
				? { ...node, credentials: { [type]: { id, name: credentialName } } }
				: node,
		);
	}
	nodes = nodes.map((node) =>
		node.name === 'Settings' ? withSettings(node, changes.settings ?? {}) : node,
	);
	const { pinData } = changes;
	return await client.createWorkflow({ name, nodes, connections, settings, pinData });
}

/** Runs an example by hand and waits until it ends. */
export async function runExample(
	kandji: Kandji,
	file: string,
	changes: Changes = {},
): Promise<Execution> {
	const workflow = await storeExample(kandji, file, changes);
	return await kandji.client.run(workflow, MANUAL_TRIGGER);
}

/** @throws Error with the node's own text when the execution failed */
export function expectSuccess(execution: Execution): void {
	const { error } = execution.data.resultData;
	if (execution.status === 'success' && error === undefined) return;
	const node = execution.data.resultData.lastNodeExecuted ?? '';
	throw new Error(
		`${execution.status} at "${node}": ${error?.message} ${error?.description ?? ''}`,
	);
}
