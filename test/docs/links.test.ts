import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import manifest from '../../package.json';
import { pages, read, root } from './pages';

const anchorsOf = (text: string): string[] =>
	[...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replace(/ /g, '-'),
	);

describe.each(pages)('%s', (page) => {
	const text = read(page);

	it('names only commands that exist', () => {
		const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
		const inline = [...text.matchAll(/`(npm [^`]+)`/g)].map(([, command = '']) => command);
		const named = [...blocks, ...inline].flatMap((block) =>
			[...block.matchAll(/npm (?:run (?:-s )?)?([\w:]+)/g)].map(([, name = '']) => name),
		);
		const known = [...Object.keys(manifest.scripts), 'ci', 'install'];
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
