import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..');

/** A generated file. */
export interface Document {
	/** From the root of the project. */
	path: string;
	text: string;
}

/** The text of a file of the project. */
export const readDocument = (path: string): string => readFileSync(join(root, path), 'utf8');

/**
 * The documents whose text is another than that of the file.
 *
 * @param read returns the text of a file of the project, and throws when there is none
 */
export const changedDocuments = (all: Document[], read = readDocument): Document[] =>
	all.filter(({ path, text }) => {
		try {
			return read(path) !== text;
		} catch {
			return true;
		}
	});

/** Writes what is new or different, and names it. */
export function writeDocuments(all: Document[]): void {
	const changed = changedDocuments(all);
	for (const { path, text } of changed) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
		console.log(`wrote ${path}`);
	}
	if (changed.length === 0) console.log('Everything is up to date');
}
