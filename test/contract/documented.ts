import type { IDataObject } from 'n8n-workflow';

import { bestMatch, normalPath } from '../../scripts/drift/path';
import type { Operation } from '../structure/description';
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

/** Which of the operations send the request of an answer; several when they differ only in what they do with it. */
export function answeredBy(operations: Operation[], request: string): Operation[] {
	const candidates = operations.map((operation) => {
		const { method, url = '' } = operation.operation.routing?.request ?? {};
		return { ...operation, method: String(method), path: normalPath('', url) };
	});
	const [method = '', path = ''] = request.split(' ');
	const best = bestMatch(candidates, { method, path: normalPath('', path) });
	return candidates.filter((one) => one.method === method && one.path === best?.path);
}
