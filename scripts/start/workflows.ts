import { readFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import path from 'node:path';

import { projectFolder } from '../n8n/environment';
import type { NewWorkflow, StoredCredential } from '../n8n/types';

/** The workflow with this credential in every node that uses one of its type. */
export function withCredential(workflow: NewWorkflow, credential: StoredCredential): NewWorkflow {
	const { id, name, type } = credential;
	const nodes = workflow.nodes.map((node) =>
		node.credentials?.[type]
			? { ...node, credentials: { ...node.credentials, [type]: { id, name } } }
			: node,
	);
	return { ...workflow, nodes };
}

const folder = path.join(projectFolder, 'workflows');

/** Names of the files in workflows/, in alphabetical order. */
export const exampleFiles = (): string[] => globSync('*.json', { cwd: folder }).sort();

const sizeOf = ({ nodes }: NewWorkflow) =>
	nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote').length;

/** The example workflows of the checkout, those with the fewest nodes first. */
export async function exampleWorkflows(): Promise<NewWorkflow[]> {
	const workflows = await Promise.all(
		exampleFiles().map(async (file) => {
			const text = await readFile(path.join(folder, file), 'utf8');
			const { name, nodes, connections, settings } = JSON.parse(text) as NewWorkflow;
			return { name, nodes, connections, settings };
		}),
	);
	return workflows.sort((one, other) => sizeOf(one) - sizeOf(other));
}
