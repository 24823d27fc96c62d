import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

import { plainText } from './plainText';
import { blanker, hidden, secretsInResponse } from './secrets';

/** Longest text in characters that is taken from a response, and how much of it is looked at. */
const maxLength = 500;
const maxRawLength = 16_000;

/** How deep in a response the text may be. */
const maxDepth = 10;

/** The error of a download comes as bytes too. */
const parsed = (text: string): unknown =>
	/^\s*[[{"]/.test(text) ? jsonParse<unknown>(text, { fallbackValue: text }) : text;

function textOf(value: unknown, depth: number): string {
	if (typeof value === 'string') return value.trim();
	if (depth > maxDepth || value === null || value === undefined) return '';
	if (Array.isArray(value)) return textOf(value[0], depth + 1);
	if (typeof value !== 'object') return String(value);
	const fields = value as IDataObject;
	for (const key of ['detail', 'message', 'error', 'errors']) {
		const text = textOf(fields[key], depth + 1);
		if (text !== '') return text;
	}
	const field = Object.keys(fields)[0];
	const text = field === undefined ? '' : textOf(fields[field], depth + 1);
	return text === '' ? '' : `${field}: ${text}`;
}

/**
 * What a response's body says went wrong, as one sentence of plain text; undefined when it says nothing. The API has
 * several shapes for it: a string, an array of strings, `detail`, `message`, `error`, `errors`, or an object of field
 * names.
 *
 * @param secrets what is blanked in the text, as are the secrets that the body itself has
 */
export function errorText(body: unknown, secrets: string[] = []): string | undefined {
	const content = Buffer.isBuffer(body) ? parsed(body.toString()) : body;
	const raw = textOf(content, 0);
	if (/^<(!doctype|html|\?xml)/i.test(raw)) return 'The response was a web page instead of data';
	const blank = blanker([...secrets, ...secretsInResponse(content)]);
	const start = blank(raw.slice(0, maxRawLength));
	// What is left of a secret at the cut would come into view when much before it was blanked.
	const isCut = raw.length > maxRawLength && start.length < maxRawLength / 2;
	const safe = isCut ? start.slice(0, start.lastIndexOf(hidden) + hidden.length) : start;
	const text = blank(plainText(safe)).slice(0, maxLength);
	return text === '' ? undefined : text;
}
