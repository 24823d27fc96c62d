import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

import { UsageError } from '../usageError';
import { isOpenApi, readOpenApi } from './openApi';
import { collectionIn, readPostman } from './postman';
import type { VendorOperation } from './vendor';

const reasons: Record<string, string> = {
	ENOENT: 'There is no such file',
	EISDIR: 'It is a folder',
	EACCES: 'It may not be read',
};

async function textOf(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		const { code = '', message } = error as NodeJS.ErrnoException;
		throw new UsageError(reasons[code] ?? message);
	}
}

/** JSON, which may be indented as YAML may not, or YAML. */
function contentOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		try {
			return parse(text, { logLevel: 'error' });
		} catch (error) {
			const [reason] = (error as Error).message.split('\n');
			throw new UsageError(`It is neither JSON nor YAML: ${reason}`);
		}
	}
}

async function operationsIn(file: string): Promise<VendorOperation[]> {
	const content = contentOf(await textOf(file));
	const collection = collectionIn(content);
	if (collection !== undefined) return readPostman(collection);
	if (isOpenApi(content)) return await readOpenApi(content);
	throw new UsageError('It is neither an OpenAPI 3 file nor a Postman collection (version 2.1)');
}

/**
 * The operations that the vendor's file documents.
 *
 * @throws UsageError that names the file when it cannot be used
 */
export async function readVendorFile(file: string): Promise<VendorOperation[]> {
	try {
		const operations = await operationsIn(file);
		if (operations.length === 0) throw new UsageError('It documents no operations');
		return operations;
	} catch (error) {
		if (error instanceof UsageError)
			throw new UsageError(`${file} cannot be used. ${error.message}`);
		throw error;
	}
}
