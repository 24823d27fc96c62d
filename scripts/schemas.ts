import { writeDocuments } from './documents';
import { schemaDocuments } from './schemas/documents';

// Writes what n8n shows of an operation's output before its first run.
void (async () => {
	writeDocuments(await schemaDocuments());
	process.exit();
})();
