import type { INodeTypeDescription } from 'n8n-workflow';

import type { Document } from '../documents';
import { testedVersions } from '../n8n/versions';
import { eventTable, intervalTable } from './events';
import type { Example, Examples } from './examples';
import { jsonBlock, replaceBetween, table } from './markdown';
import { operationTable, referencePages, resourceTable } from './reference';
import { scaleTable } from './scale';
import { fleetRunTable, otherTable, speedTable } from './speed';
import { workflowSections } from './workflows';

/** Everything that the generated texts are made of. */
export interface Sources {
	description: INodeTypeDescription;
	trigger: INodeTypeDescription;
	examples: Examples;
	/** Names of the files in workflows/. */
	workflows: string[];
	/** Returns the text of a file of the project; what is written by hand is kept. */
	read: (path: string) => string;
}

const compatibilityTable = (): string =>
	table(
		['n8n', 'Node.js', 'What was run'],
		Object.entries(testedVersions).map(([version, { node, how }]) => [version, node, how]),
	);

function deviceSample(examples: Example[]): string {
	const example = examples.find(
		({ resource, operation }) => resource === 'device' && operation === 'get',
	);
	if (example === undefined) throw new Error('The sample of a device is missing');
	return jsonBlock(example.item);
}

/** Every generated document with its text. */
export function documents(sources: Sources): Document[] {
	const { description, trigger, examples, workflows, read } = sources;
	const figures = JSON.parse(read('docs/benchmark.json')) as Parameters<typeof speedTable>[0];
	const parts: Record<string, Record<string, string>> = {
		'README.md': {
			device: deviceSample(examples.items),
			operations: resourceTable(description),
			events: eventTable(trigger),
			event: jsonBlock(examples.event),
			intervals: intervalTable(),
			compatibility: compatibilityTable(),
		},
		'docs/README.md': { operations: operationTable(description) },
		'docs/scale.md': { costs: scaleTable() },
		'docs/speed.md': {
			benchmark: speedTable(figures),
			fleetRuns: fleetRunTable(figures),
			others: otherTable(figures),
		},
		'docs/workflows.md': { workflows: workflowSections(workflows, read) },
	};
	return [
		...Object.entries(parts).map(([path, contents]) => ({
			path,
			text: Object.entries(contents).reduce(
				(text, [name, content]) => replaceBetween(text, name, content),
				read(path),
			),
		})),
		...referencePages(description, examples.items),
	];
}
