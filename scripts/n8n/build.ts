import { execFile } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');

const sources = [
	'{nodes,credentials,icons}/**/*.*',
	'package.json',
	'tsconfig.json',
	'gulpfile.js',
];

/** True when dist was built after the last change of what it is built from. */
function isBuilt(): boolean {
	// The icons come last: without them, a build has failed half-way.
	if (!existsSync(join(root, 'dist/icons/kandji.svg'))) return false;
	const main = join(root, 'dist/nodes/Kandji/Kandji.node.js');
	const builtAt = statSync(main, { throwIfNoEntry: false })?.mtimeMs ?? 0;
	return globSync(sources, { cwd: root }).every(
		(file) => statSync(join(root, file)).mtimeMs < builtAt,
	);
}

/**
 * Builds dist unless it is up to date.
 * @throws with the compiler's output when the sources do not compile
 */
export async function build(): Promise<void> {
	if (isBuilt()) return;
	try {
		await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: root });
	} catch (error) {
		const { stdout, stderr } = error as { stdout?: string; stderr?: string };
		throw new Error(`npm run build failed\n${stdout ?? ''}${stderr ?? ''}`);
	}
}
