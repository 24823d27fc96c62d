import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { apiPath } from '../../nodes/Kandji/transport/routing/ids';

import {
	displayed,
	operationsOf,
	withDefaults,
	type Operation,
} from '../../test/structure/description';
import { testedVersions } from '../n8n/versions';

export interface Document {
	path: string;
	text: string;
}

const cell = (text: string): string =>
	text
		.replace(/<[^>]+>/g, '')
		.replace(/\|/g, '\\|')
		.replace(/\s+/g, ' ')
		.trim();

const table = (head: string[], rows: string[][]): string =>
	[head, head.map(() => '---'), ...rows]
		.map((row) => `| ${row.map(cell).join(' | ')} |`)
		.join('\n');

const resourcesOf = (operations: Operation[]): INodePropertyOptions[] => [
	...new Set(operations.map(({ resource }) => resource)),
];

const requestOf = ({ routing }: INodePropertyOptions): string =>
	routing?.request?.url === undefined
		? 'any'
		: `\`${routing.request.method} ${apiPath(String(routing.request.url))}\``;

const fileName = (resource: INodePropertyOptions): string =>
	`${resource.name.toLowerCase().replace(/[^a-z]+/g, '-')}.md`;

const overview = (operations: Operation[]): string =>
	table(
		['Resource', 'Operations'],
		resourcesOf(operations).map((resource) => [
			`[${resource.name}](docs/${fileName(resource)})`,
			operations
				.filter((entry) => entry.resource === resource)
				.map(({ operation }) => operation.name)
				.join(', '),
		]),
	);

const events = (trigger: INodeTypeDescription): string => {
	const property = trigger.properties.find(({ name }) => name === 'events');
	const options = (property?.options ?? []) as INodePropertyOptions[];
	return table(
		['Event', 'When'],
		options.map(({ name, description: when }) => [name, when ?? '']),
	);
};

/** Fields of a collection stand below it, indented by a name such as "Filters › Platform". */
const fieldRows = (fields: INodeProperties[], below = ''): string[][] =>
	fields
		.filter(({ type }) => type !== 'notice' && type !== 'hidden')
		.flatMap((field) => [
			[
				`${below}${field.displayName}`,
				field.required === true ? 'yes' : '',
				field.description ?? '',
			],
			...(field.type === 'collection'
				? fieldRows((field.options ?? []) as INodeProperties[], `${field.displayName} › `)
				: []),
		]);

const resourceDocument = (
	description: INodeTypeDescription,
	operations: Operation[],
	resource: INodePropertyOptions,
): Document => {
	const sections = operations
		.filter((entry) => entry.resource === resource)
		.map(({ operation, parameters }) => {
			const fields = displayed(description, withDefaults(description, parameters)).filter(
				// n8n adds requestOptions itself.
				({ name }) => !['operation', 'requestOptions', 'resource'].includes(name),
			);
			const rows = fieldRows(fields);
			return [
				`## ${operation.name}`,
				`${operation.description}. Request: ${requestOf(operation)}`.replace('..', '.'),
				...(rows.length > 0 ? [table(['Field', 'Required', 'What it is'], rows)] : []),
			].join('\n\n');
		});
	return {
		path: `docs/${fileName(resource)}`,
		text: `# ${resource.name}\n\nWritten by \`npm run docs\` from the description of the node.\n\n${sections.join('\n\n')}\n`,
	};
};

const replaceBetween = (text: string, name: string, content: string): string => {
	const start = `<!-- ${name}:start -->`;
	const end = `<!-- ${name}:end -->`;
	const from = text.indexOf(start);
	const to = text.indexOf(end);
	if (from === -1 || to < from) throw new Error(`README.md lacks the marks of "${name}"`);
	return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
};

interface ExampleWorkflow {
	name: string;
	nodes: Array<{ type: string; parameters: { content?: string } }>;
}

/** The first paragraph under the title of a workflow's note says what it does. */
const workflowRow = (file: string, { name, nodes }: ExampleWorkflow): string[] => {
	const note = nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote')?.parameters.content;
	const [, summary = ''] = (note ?? '').split('\n').filter((line) => line.trim() !== '');
	const image = `docs/images/workflows/${file.replace(/json$/, 'png')}`;
	return [
		`[${name}](workflows/${file})`,
		summary,
		`[![${name} on the canvas](${image})](${image})`,
	];
};

/** What `npm run -s bench -- --json` printed last, and what a reader wants to know of it. */
const benchmark = (figures: Record<string, Record<string, number | null>>): string => {
	const what: Record<string, string> = {
		return_all_30000: '30,000 devices, answers after 150 ms',
		return_all_30000_no_latency: '30,000 devices, answers at once',
		get_2000: '2,000 single devices, 50 requests a second allowed',
		cursor_20000: '20,000 users, page after page',
		prism_50000: '50,000 rows of Prism, answers after 150 ms',
	};
	const times = (value: number | null | undefined) =>
		typeof value === 'number' ? `${value} ×` : '–';
	return table(
		[
			'Work',
			'Times as fast as the HTTP Request node',
			'Times as long as a bare loop',
			'Failed items, those of the HTTP Request node',
		],
		Object.entries(what).map(([scenario, work]) => {
			const measured = figures[scenario] ?? {};
			return [
				work,
				times(measured.ratio_http),
				times(measured.ratio_floor),
				`${measured.failures_ours ?? '–'}, ${measured.failures_http ?? '–'}`,
			];
		}),
	);
};

const compatibility = (): string =>
	table(
		['n8n', 'Node.js', 'How it was run'],
		Object.entries(testedVersions).map(([version, { node, how }]) => [version, node, how]),
	);

/**
 * Every generated document with its text.
 *
 * @param workflows names of the files in workflows/
 * @param read returns the text of a file of the project; the README's own words are kept
 */
export function documents(
	description: INodeTypeDescription,
	trigger: INodeTypeDescription,
	workflows: string[],
	read: (path: string) => string,
): Document[] {
	const operations = operationsOf(description);
	let readme = read('README.md');
	readme = replaceBetween(readme, 'operations', overview(operations));
	readme = replaceBetween(readme, 'events', events(trigger));
	readme = replaceBetween(
		readme,
		'benchmark',
		benchmark(
			JSON.parse(read('docs/benchmark.json')) as Record<string, Record<string, number | null>>,
		),
	);
	readme = replaceBetween(readme, 'compatibility', compatibility());
	const rows = workflows.map((file) =>
		workflowRow(file, JSON.parse(read(`workflows/${file}`)) as ExampleWorkflow),
	);
	readme = replaceBetween(
		readme,
		'workflows',
		table(['Workflow', 'What it does', 'On the canvas'], rows),
	);
	return [
		{ path: 'README.md', text: readme },
		...resourcesOf(operations).map((resource) =>
			resourceDocument(description, operations, resource),
		),
	];
}
