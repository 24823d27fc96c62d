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

/** The example workflows of the checkout, workflows/*.json, in the order of their file names. */
export async function exampleWorkflows(): Promise<NewWorkflow[]> {
	const files = globSync('workflows/*.json', { cwd: projectFolder }).sort();
	return await Promise.all(
		files.map(async (file) => {
			const text = await readFile(path.join(projectFolder, file), 'utf8');
			const { name, nodes, connections, settings } = JSON.parse(text) as NewWorkflow;
			return { name, nodes, connections, settings };
		}),
	);
}
