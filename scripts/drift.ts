import type { INodeTypeDescription } from 'n8n-workflow';

// With its extension, so that it is not taken for Kandji.node.json.
import { Kandji } from '../nodes/Kandji/Kandji.node.js';
import { contractCases } from '../test/contract/cases/index';
import { compare } from './drift/compare';
import { templatesOf, sentRequests } from './drift/contract';
import { readVendorFile } from './drift/file';
import { help, readOptions } from './drift/options';
import { formatDrift, hasDrift } from './drift/report';
import { UsageError } from './usageError';

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (options.help) {
		console.log(help);
		return;
	}
	const vendors = await readVendorFile(options.file);
	const templates = templatesOf(new Kandji().description as INodeTypeDescription);
	const drift = compare(vendors, sentRequests(contractCases, templates));
	console.log(options.json ? JSON.stringify(drift, null, '\t') : formatDrift(drift));
	process.exitCode = hasDrift(drift) ? 1 : 0;
}

main().catch((error: unknown) => {
	console.error(error instanceof UsageError ? error.message : error);
	process.exitCode = 2;
});
