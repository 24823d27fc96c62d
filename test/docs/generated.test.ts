import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { KandjiTrigger } from '../../nodes/Kandji/KandjiTrigger.node';
import { documents } from '../../scripts/docs/documents';
import { collectExamples } from '../../scripts/docs/examples';
import { resourceSummaries } from '../../scripts/docs/summaries';
import { changedDocuments, type Document } from '../../scripts/documents';
import { schemaDocuments } from '../../scripts/schemas/documents';
import { exampleFiles } from '../../scripts/start/workflows';
import { operationsOf } from '../structure/description';
import { read, tablesOf } from './pages';

const { description } = new Kandji();

describe('the generated tables and pages', () => {
	let generated: Document[];

	beforeAll(async () => {
		generated = documents({
			description,
			trigger: new KandjiTrigger().description,
			examples: await collectExamples(),
			workflows: exampleFiles(),
			read,
		});
	});

	it('are up to date (else run `npm run docs`)', () => {
		expect(changedDocuments(generated, read).map(({ path }) => path)).toEqual([]);
	});

	it('explain every field', () => {
		const unexplained = generated.flatMap(({ path, text }) =>
			tablesOf(text)
				.filter(({ head }) => head.includes('Description'))
				.flatMap(({ rows }) => rows)
				.filter((row) => row.at(-1) === '')
				.map(([field]) => `${path}: ${field}`),
		);
		expect(unexplained).toEqual([]);
	});

	it('explain what all operations share on one page only', () => {
		const simplify = /simplified version of the response/g;
		const repeated = generated.flatMap(({ text }) => [...text.matchAll(simplify)]);
		expect(repeated).toHaveLength(1);
	});

	it('sum up every resource, and no other', () => {
		const values = operationsOf(description).map(({ resource }) => String(resource.value));
		expect(Object.keys(resourceSummaries).sort()).toEqual([...new Set(values)].sort());
	});
});

it('the previews of outputs are up to date (else run `npm run schemas`)', async () => {
	expect(changedDocuments(await schemaDocuments(), read).map(({ path }) => path)).toEqual([]);
});

describe('changedDocuments', () => {
	const page = (path: string, text: string) => ({ path, text });

	it('names what is new or different, and nothing else', () => {
		const files: Record<string, string> = { same: 'a', other: 'b' };
		const readFile = (path: string) => {
			const text = files[path];
			if (text === undefined) throw new Error(`${path} does not exist`);
			return text;
		};
		const all = [page('same', 'a'), page('other', 'c'), page('new', 'd')];
		expect(changedDocuments(all, readFile).map(({ path }) => path)).toEqual(['other', 'new']);
	});
});
