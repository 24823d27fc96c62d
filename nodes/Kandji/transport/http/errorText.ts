import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

/** Longest text in characters that is taken from a response. */
const maxLength = 500;

/** The error of a download comes as bytes too. */
const parsed = (text: string): unknown =>
	/^\s*[[{"]/.test(text) ? jsonParse<unknown>(text, { fallbackValue: text }) : text;

const textOf = (value: unknown): string => {
	if (typeof value === 'string') return value.trim();
	if (Buffer.isBuffer(value)) return textOf(parsed(value.toString()));
	if (Array.isArray(value)) return textOf(value[0]);
	if (typeof value === 'object' && value !== null) return errorText(value) ?? '';
	return value === null || value === undefined ? '' : String(value);
};

/**
 * What a response's body says went wrong, as one sentence; undefined when it says nothing. The API has several shapes
 * for it: a string, an array of strings, `detail`, `message`, `error`, `errors`, or an object of field names.
 *
 * @param secrets what is blanked in the text
 */
export function errorText(body: unknown, secrets: string[] = []): string | undefined {
	const text = redact(rawErrorText(body), secrets).replace(/\s+/g, ' ').slice(0, maxLength);
	if (/^<(!doctype|html|\?xml)/i.test(text)) return 'The response was a web page instead of data';
	return text === '' ? undefined : text;
}

function rawErrorText(body: unknown): string {
	if (typeof body !== 'object' || body === null || Array.isArray(body) || Buffer.isBuffer(body)) {
		return textOf(body);
	}
	const fields = body as IDataObject;
	for (const key of ['detail', 'message', 'error', 'errors']) {
		const text = textOf(fields[key]);
		if (text !== '') return text;
	}
	const [field, value] = Object.entries(fields)[0] ?? [];
	const text = textOf(value);
	return text === '' ? '' : `${field}: ${text}`;
}

const sensitiveField = /pin$|passw|passcode|secret|token|recovery.?key/i;

/** Values of a request that must not appear in an error: PINs, passwords, keys, the token. Those under four characters are left out, which occur in any text. */
export function secretsOf(body: unknown, token: string): string[] {
	const found = [token];
	const collect = (value: unknown) => {
		if (typeof value !== 'object' || value === null) return;
		const isForm = value instanceof URLSearchParams || value instanceof FormData;
		for (const [key, field] of isForm ? value.entries() : Object.entries(value)) {
			if (typeof field === 'object') collect(field);
			else if (sensitiveField.test(key) && typeof field !== 'boolean') found.push(String(field));
		}
	};
	collect(body);
	return found.filter((secret) => secret.length >= 4);
}

const redact = (text: string, secrets: string[]): string =>
	secrets.reduce((result, secret) => result.replaceAll(secret, '[hidden]'), text);
