import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { loadNodeType } from '../test/engine/engine';
import { documents } from './docs/documents';

// Writes what the README and docs/ say about operations and events from the descriptions of the built nodes.
const root = join(__dirname, '..');

void (async () => {
	const { description } = await loadNodeType('kandji');
	const trigger = await loadNodeType('kandjiTrigger');
	const read = (file: string) => readFileSync(join(root, file), 'utf8');
	const workflows = readdirSync(join(root, 'workflows')).sort();
	for (const { path, text } of documents(description, trigger.description, workflows, read)) {
		writeFileSync(join(root, path), text);
		console.log(`wrote ${path}`);
	}
	process.exit();
})();
