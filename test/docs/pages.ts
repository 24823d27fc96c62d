import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(__dirname, '../..');

/** The text of a file of the project. */
export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every page that people read. */
export const pages = [
	...readdirSync(root).filter((file) => file.endsWith('.md')),
	...readdirSync(join(root, 'docs'))
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
];

/** The text between a heading and the next one of its level. */
export function section(page: string, heading: string): string {
	const [, text] = read(page).split(`\n## ${heading}\n`);
	if (text === undefined) throw new Error(`${page} has no section "${heading}"`);
	return text.split('\n## ')[0]!;
}

export interface Table {
	head: string[];
	rows: string[][];
}

const cellsOf = (line: string): string[] =>
	line
		.trim()
		.replace(/^\||\|$/g, '')
		.split(/(?<!\\)\|/)
		.map((text) => text.trim());

/** The tables of a Markdown text. */
export const tablesOf = (text: string): Table[] =>
	[...text.matchAll(/(?:^[ \t]*\|.*\n)+/gm)].map(([block]) => {
		const [head = [], , ...rows] = block.trimEnd().split('\n').map(cellsOf);
		return { head, rows };
	});
