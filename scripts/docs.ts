import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { loadNodeType } from '../simulator/engine/engine';
import { documents } from './docs/documents';
import { collectExamples } from './docs/examples';
import { changedDocuments } from './docs/changes';
import { exampleFiles } from './start/workflows';

// Writes what the README and docs/ say about operations and events, from the descriptions of the built nodes.
const root = join(__dirname, '..');

void (async () => {
	const { description } = await loadNodeType('kandji');
	const { description: trigger } = await loadNodeType('kandjiTrigger');
	const read = (path: string) => readFileSync(join(root, path), 'utf8');
	const examples = await collectExamples();
	const all = documents({ description, trigger, examples, workflows: exampleFiles(), read });
	const changed = changedDocuments(all, read);
	for (const { path, text } of changed) {
		writeFileSync(join(root, path), text);
		console.log(`wrote ${path}`);
	}
	if (changed.length === 0) console.log('Everything is up to date');
	process.exit();
})();
