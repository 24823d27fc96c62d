import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

const packedFiles = (): string[] => {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--loglevel=error'], {
		cwd: root,
		encoding: 'utf8',
	});
	const [tarball] = JSON.parse(output) as Array<{ files: Array<{ path: string }> }>;
	return (tarball?.files ?? []).map(({ path }) => path);
};

const sourcesBelow = (folder: string): string[] =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.(ts|json|svg)$/.test(file))
		.map((file) => join(folder, file));

describe('the published package', () => {
	const files = packedFiles();

	it('holds dist, README, LICENSE and package.json, and nothing else', () => {
		const others = files.filter((file) => !file.startsWith('dist/'));
		expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
	});

	it('holds of dist exactly what the sources compile to', () => {
		const expected = ['nodes', 'credentials', 'icons']
			.flatMap(sourcesBelow)
			.map((file) => join('dist', file.replace(/\.ts$/, '.js')));
		expect(files.filter((file) => file.startsWith('dist/')).sort()).toEqual(expected.sort());
	});

	it('holds every file that package.json and the descriptions name', () => {
		const { n8n } = jest.requireActual<{ n8n: { nodes: string[]; credentials: string[] } }>(
			'../../package.json',
		);
		for (const file of [...n8n.nodes, ...n8n.credentials]) {
			expect(files).toContain(file);
			expect(existsSync(join(root, file))).toBe(true);
		}
		for (const node of n8n.nodes) expect(files).toContain(node.replace(/\.js$/, '.json'));
	});
});
