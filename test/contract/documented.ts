import type { IDataObject } from 'n8n-workflow';

import answers from './documentedAnswers.json';

/**
 * An answer of the vendor's documentation. Lists keep the rows that show a field with a value that no row before them
 * has. Every person is called Ana Silva, and their devices and hosts after them, so that a test can tell what is
 * personal by its value.
 */
export interface DocumentedAnswer {
	/** Method and path, such as `GET /api/v1/devices/{device_id}`. */
	request: string;
	name: string;
	body: unknown;
}

export const documentedAnswers: DocumentedAnswer[] = answers;

/** The lists in an answer's envelopes, and the record in one that has no list. */
const envelopes = ['results', 'data', 'activity', 'commands'];

/** The records of an answer, as the node reads them from a list or a single answer. */
export function recordsOf(body: unknown): IDataObject[] {
	if (Array.isArray(body)) return body as IDataObject[];
	const record = body as IDataObject;
	const key = envelopes.find((name) => typeof record[name] === 'object' && record[name] !== null);
	return key === undefined ? [record] : recordsOf(record[key]);
}
