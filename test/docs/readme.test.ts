import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { KandjiTrigger } from '../../nodes/Kandji/KandjiTrigger.node';
import { documents } from '../../scripts/docs/documents';
import { exampleFiles } from '../../scripts/start/workflows';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

const pages = [
	...readdirSync(root).filter((file) => file.endsWith('.md')),
	...readdirSync(join(root, 'docs'))
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
];

const anchorsOf = (text: string): string[] =>
	[...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replace(/ /g, '-'),
	);

describe('the generated tables and pages', () => {
	const generated = documents(
		new Kandji().description,
		new KandjiTrigger().description,
		exampleFiles(),
		read,
	);

	it.each(generated)('$path is up to date', ({ path, text }) => {
		expect(read(path)).toBe(text);
	});
});

describe.each(pages)('%s', (page) => {
	const text = read(page);

	it('names only commands that exist', () => {
		const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
		const named = blocks.flatMap((block) =>
			[...block.matchAll(/npm (?:run (?:-s )?)?([\w:]+)/g)].map(([, name = '']) => name),
		);
		const known = [...Object.keys(scripts), 'ci', 'install'];
		expect(named.filter((name) => !known.includes(name))).toEqual([]);
	});

	it('links to files and headings that exist', () => {
		const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
			.map(([, link = '']) => link)
			.filter((link) => !/^[a-z]+:/.test(link));
		const broken = links.filter((link) => {
			const [path = '', anchor] = link.split('#');
			const target = path === '' ? join(root, page) : resolve(root, dirname(page), path);
			if (!existsSync(target)) return true;
			return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
		});
		expect(broken).toEqual([]);
	});
});
