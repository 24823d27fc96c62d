import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { documents } from './docs/documents';

// Writes what the README and docs/ say about operations and events from the descriptions of the nodes.
// With --check it writes nothing and fails when a file is out of date.
const check = process.argv.includes('--check');
const root = join(__dirname, '..');

for (const { path, text } of documents((file) => readFileSync(join(root, file), 'utf8'))) {
	const file = join(root, path);
	let current = '';
	try {
		current = readFileSync(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
	}
	if (current === text) continue;
	if (check) {
		console.error(`${path} is out of date: run npm run docs`);
		process.exitCode = 1;
	} else {
		writeFileSync(file, text);
		console.log(`wrote ${path}`);
	}
}
