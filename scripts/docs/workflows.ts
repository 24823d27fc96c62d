import { existsSync } from 'node:fs';
import path from 'node:path';

import { projectFolder } from '../n8n/environment';

interface ExampleWorkflow {
	name: string;
	nodes: Array<{ type: string; parameters: { content?: string } }>;
}

/** The first paragraph under the title of a workflow's note says what it does. */
function summaryOf({ nodes }: ExampleWorkflow): string {
	const note = nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote')?.parameters.content;
	const [, summary = ''] = (note ?? '').split('\n').filter((line) => line.trim() !== '');
	return summary;
}

/** A section for each example, with its picture once the end-to-end test of the editor has taken it. */
export const workflowSections = (files: string[], read: (path: string) => string): string =>
	files
		.map((file) => {
			const workflow = JSON.parse(read(`workflows/${file}`)) as ExampleWorkflow;
			const image = `images/workflows/${file.replace(/json$/, 'png')}`;
			return [
				`## ${workflow.name}`,
				summaryOf(workflow),
				`[${file}](../workflows/${file})`,
				...(existsSync(path.join(projectFolder, 'docs', image))
					? [`![${workflow.name} on the canvas](${image})`]
					: []),
			].join('\n\n');
		})
		.join('\n\n');
