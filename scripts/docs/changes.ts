import type { Document } from './documents';

/**
 * The documents whose text is another than that of the file.
 *
 * @param read returns the text of a file of the project, and throws when there is none
 */
export const changedDocuments = (all: Document[], read: (path: string) => string): Document[] =>
	all.filter(({ path, text }) => {
		try {
			return read(path) !== text;
		} catch {
			return true;
		}
	});
