import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of these tests' own. */
export const folder = mkdtempSync(join(tmpdir(), 'kandji-drift-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with this text, or with this value as JSON, until the tests have run. */
export function fileOf(content: unknown, name = 'vendor.json'): string {
	const file = join(folder, name);
	writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
	return file;
}

/** A file that is not there. */
export const missingFile = join(folder, 'missing.json');

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** A Postman collection of these items. */
export const collectionOf = (item: unknown[], more: object = {}) => ({
	info: { name: 'Kandji API', schema },
	item,
	...more,
});

/** An OpenAPI document of these paths. */
export const openApiOf = <T extends object>(paths: T, more: object = {}) => ({
	openapi: '3.0.3',
	info: { title: 'Kandji API', version: '1' },
	paths,
	...more,
});
