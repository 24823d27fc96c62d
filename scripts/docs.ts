import { loadNodeType } from '../simulator/engine/engine';
import { documents } from './docs/documents';
import { collectExamples } from './docs/examples';
import { readDocument, writeDocuments } from './documents';
import { exampleFiles } from './start/workflows';

// Writes what the README and docs/ say about operations and events, from the descriptions of the built nodes.
void (async () => {
	const { description } = await loadNodeType('kandji');
	const { description: trigger } = await loadNodeType('kandjiTrigger');
	const examples = await collectExamples();
	const workflows = exampleFiles();
	writeDocuments(documents({ description, trigger, examples, workflows, read: readDocument }));
	process.exit();
})();
