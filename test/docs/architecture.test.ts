import { globSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { read, root, section, tablesOf } from './pages';

const holdsFiles = (folder: string): boolean =>
	readdirSync(join(root, folder), { withFileTypes: true, recursive: true }).some((entry) =>
		entry.isFile(),
	);

/** The folders below `folder`, down to `depth` levels; what an earlier layout left empty does not count. */
function foldersBelow(folder: string, depth: number): string[] {
	if (depth === 0) return [];
	return readdirSync(join(root, folder), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => `${folder}${name}/`)
		.filter(holdsFiles)
		.flatMap((child) => [child, ...foldersBelow(child, depth - 1)]);
}

const [folders] = tablesOf(section('ARCHITECTURE.md', 'Folders'));

it('every folder has its sentence, and every sentence its folder', () => {
	const found = [
		'credentials/',
		'nodes/Kandji/',
		...foldersBelow('nodes/Kandji/', 2).map((folder) =>
			folder
				.replace(/^(nodes\/Kandji\/resources\/)[^/]+\/$/, '$1<resource>/')
				.replace(/^(nodes\/Kandji\/__schema__\/).*/, '$1'),
		),
		...['scripts/', 'simulator/', 'test/'].flatMap((folder) => [
			folder,
			...foldersBelow(folder, 1),
		]),
	];
	const described = folders!.rows.map(([cell = '']) => cell.replaceAll('`', ''));
	expect(described.sort()).toEqual([...new Set(found)].sort());
	expect(folders!.rows.filter(([, text]) => text === '')).toEqual([]);
});

it('every module-level state is in the table, and nothing else', () => {
	const state =
		/^(?:export )?(?:const (\w+)(?:: [^=]+)? = new (?:Weak)?(?:Map|Set)\b[^(]*\(\)|let (\w+))/gm;
	const found = globSync('nodes/Kandji/**/*.ts', { cwd: root }).flatMap((file) =>
		[...read(file).matchAll(state)].map(
			([, collection, variable]) =>
				`\`${file.replace('nodes/Kandji/', '')}\` \`${collection ?? variable}\``,
		),
	);
	const [table] = tablesOf(section('ARCHITECTURE.md', 'Module-level state'));
	expect(table!.rows.map(([where]) => where).sort()).toEqual(found.sort());
});
