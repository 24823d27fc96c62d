import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { loadNodeType } from '../simulator/engine/engine';
import { documents } from './docs/documents';
import { exampleFiles } from './start/workflows';

// Writes what the README and docs/ say about operations and events from the descriptions of the built nodes.
const root = join(__dirname, '..');

void (async () => {
	const { description } = await loadNodeType('kandji');
	const trigger = await loadNodeType('kandjiTrigger');
	const read = (file: string) => readFileSync(join(root, file), 'utf8');
	for (const { path, text } of documents(description, trigger.description, exampleFiles(), read)) {
		writeFileSync(join(root, path), text);
		console.log(`wrote ${path}`);
	}
	process.exit();
})();
