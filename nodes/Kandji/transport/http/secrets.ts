import type { IDataObject } from 'n8n-workflow';

import { entities } from './plainText';

/** What stands in place of a secret. */
export const hidden = '[hidden]';

/** Last word of a field that says something about a secret, such as its ID or kind, and is none itself. */
const aboutSecret =
	/^(?:ids?|uuid|flags|at|type|count|length|name|status|policy|hint|active|enabled|required|set)$/;

/** Keys that open nothing: those of a file, of a list's order, and public ones. */
const harmlessKey = /(?:file|sort|public|primary|foreign|partition|group|cache|idempotency)keys?$/;

/** Codes that open nothing. */
const harmlessCode =
	/(?:error|status|exit|country|region|zip|postal|area|language|color|product|model|response)codes?$/;

const secretName =
	/pass(?:w|code|phrase|key)|passwd|pwd|secret|token|credential|authorization|bearer|signature|bypass|albc|enroll?mentcode|signedurl|(?:pin|pins|otp|keys?|codes?)$/;

const secretWord = /^(?:pin|pass|pw|otp|mfa|totp|auth|cookie|albc)$/;

/** Whether a field of this name, in any spelling (`newPassword`, `UNLOCK_PIN`, `enrollment_code.code`), holds a secret. */
export function isSecretName(name: string): boolean {
	const words = name
		.slice(0, 200)
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter((word) => word !== '');
	const joined = words.join('');
	if (aboutSecret.test(words.at(-1) ?? '') && words.length > 1) return false;
	if (harmlessKey.test(joined) || harmlessCode.test(joined)) return false;
	return secretName.test(joined) || words.some((word) => secretWord.test(word));
}

/** How the field of a name-value pair is called, such as `{ name: 'pin', value: '1234' }`. */
const pairNames = ['name', 'key', 'field', 'param', 'parameter', 'header'];
const pairValues = ['value', 'values', 'text', 'content'];

/** The fields of an object, a list or a form; those of a name-value pair are called what the pair says. */
function fieldsOf(value: object): Array<[string, unknown]> {
	if (value instanceof URLSearchParams || value instanceof FormData) return [...value.entries()];
	const fields = Object.entries(value);
	const named = pairNames.find((name) => typeof (value as IDataObject)[name] === 'string');
	const pairValue = pairValues.find((name) => name in value);
	if (named === undefined || pairValue === undefined) return fields;
	const pairName = String((value as IDataObject)[named]);
	return fields.map(([name, field]) => [
		name === pairValue ? pairName : name === named ? '' : name,
		field,
	]);
}

/** JSON text as its value, and a form's text as its fields; undefined for other text. */
function parsedText(text: string): object | undefined {
	if (/^\s*[[{]/.test(text)) {
		try {
			return Object(JSON.parse(text)) as object;
		} catch {
			return undefined;
		}
	}
	const query = /^[^\s?=&]*[?]/.exec(text)?.[0] ?? '';
	return /^[^\s=&]{1,100}=/.test(text.slice(query.length))
		? new URLSearchParams(text.slice(query.length))
		: undefined;
}

/**
 * The values of all secret fields in a request's body or query: at any depth, in lists, forms, name-value pairs, and in
 * text that is JSON or a query itself. True and false are no secrets.
 */
export function secretsIn(root: unknown): string[] {
	const found = new Set<string>();
	const seen = new Set<object>();
	// No recursion: a value may be nested more deeply than the stack is.
	const open: Array<{ value: unknown; isSecret: boolean }> = [{ value: root, isSecret: false }];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const { value, isSecret } = next;
		if (typeof value === 'object' && value !== null) {
			if (ArrayBuffer.isView(value) || seen.has(value)) continue;
			seen.add(value);
			for (const [name, field] of fieldsOf(value)) {
				open.push({ value: field, isSecret: isSecret || isSecretName(name) });
			}
		} else if (
			typeof value === 'string' ||
			typeof value === 'number' ||
			typeof value === 'bigint'
		) {
			const text = String(value).trim();
			if (isSecret && !/^(?:true|false)?$/i.test(text)) found.add(text);
			const inner = typeof value === 'string' ? parsedText(text) : undefined;
			if (inner !== undefined) open.push({ value: inner, isSecret });
		}
	}
	for (const secret of found) {
		const [, bare] = /^(?:bearer|basic|token)\s+(\S+)$/i.exec(secret) ?? [];
		if (bare !== undefined) found.add(bare);
	}
	return [...found];
}

/**
 * Secrets in a response, for an error text that quotes it. There a secret field's value may be a sentence about the
 * field, such as `{ "PIN": ["This field is required."] }`; only what looks like a code is taken.
 */
export const secretsInResponse = (body: unknown): string[] =>
	typeof body === 'object' && body !== null
		? secretsIn(Array.isArray(body) ? body : { ...body, code: undefined }).filter(
				(text) => !/\s/.test(text) && /\d/.test(text),
			)
		: [];

/** Deepest object whose fields are looked into. */
const maxDepth = 100;

/** A copy of a request's body or query for people to read, without its secrets. */
export function withoutSecrets(root: unknown): unknown {
	const blank = blanker(secretsIn(root));
	const copy = (value: unknown, isSecret: boolean, depth: number): unknown => {
		if (typeof value === 'object' && value !== null) {
			if (depth > maxDepth) return hidden;
			if (Array.isArray(value)) return value.map((entry) => copy(entry, isSecret, depth + 1));
			const names = Object.keys(value);
			return Object.fromEntries(
				fieldsOf(value).map(([name, field], index) => [
					names[index] ?? name,
					copy(field, isSecret || isSecretName(name), depth + 1),
				]),
			);
		}
		if (typeof value === 'boolean' || value === null || value === undefined || value === '') {
			return value;
		}
		if (isSecret) return hidden;
		return typeof value === 'string' ? blank(value) : value;
	};
	return copy(root, false, 0);
}

/** A text, and for each of its characters where it starts and ends in the text that it was decoded from. */
interface Decoded {
	text: string;
	starts: number[];
	ends: number[];
}

const hex = '[0-9a-fA-F]';
const escapeSequence = new RegExp(
	[
		`\\\\u\\{(${hex}{1,6})\\}`,
		`\\\\u(${hex}{4})`,
		`\\\\U(${hex}{8})`,
		`\\\\x(${hex}{2})`,
		`%u(${hex}{4})`,
		`&#[xX](${hex}{1,6});?`,
		'&#(\\d{1,7});?',
		'&(amp|lt|gt|quot|apos|nbsp|AMP|LT|GT|QUOT);?',
		'\\\\([\\\\"\'/bfnrt])',
		`((?:%${hex}{2})+)`,
		'(\\+)',
	].join('|'),
	'g',
);

const controls: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const character = (code: number): string =>
	code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code);

function percentDecoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		// No UTF-8: one byte per character.
		return text.replace(/%(..)/g, (_match, code: string) => character(parseInt(code, 16)));
	}
}

function decodedSequence(groups: Array<string | undefined>): string {
	const [u1, u2, u3, x, percentU, entityHex, entityDecimal, entity, slash, percents] = groups;
	const code = u1 ?? u2 ?? u3 ?? x ?? percentU ?? entityHex;
	if (code !== undefined) return character(parseInt(code, 16));
	if (entityDecimal !== undefined) return character(Number(entityDecimal));
	if (entity !== undefined) return entities[entity.toLowerCase()] ?? '';
	if (slash !== undefined) return controls[slash] ?? slash;
	return percents === undefined ? ' ' : percentDecoded(percents);
}

/** Undoes one layer of escaping of any kind: JSON and JavaScript, HTML, URLs and forms. Undefined when there is none. */
function decodeOnce({ text, starts, ends }: Decoded): Decoded | undefined {
	const matches = [...text.matchAll(escapeSequence)];
	if (matches.length === 0) return undefined;
	const parts: string[] = [];
	const decoded: Decoded = { text: '', starts: [], ends: [] };
	let at = 0;
	const takeUntil = (end: number) => {
		parts.push(text.slice(at, end));
		for (; at < end; at++) {
			decoded.starts.push(starts[at] ?? 0);
			decoded.ends.push(ends[at] ?? 0);
		}
	};
	for (const match of matches) {
		takeUntil(match.index);
		const part = decodedSequence(match.slice(1));
		const end = at + match[0].length;
		parts.push(part);
		for (let unit = 0; unit < part.length; unit++) {
			decoded.starts.push(starts[at] ?? 0);
			decoded.ends.push(ends[end - 1] ?? 0);
		}
		at = end;
	}
	takeUntil(text.length);
	return { ...decoded, text: parts.join('') };
}

const asDecoded = (text: string): Decoded => ({
	text,
	starts: Array.from({ length: text.length }, (_, at) => at),
	ends: Array.from({ length: text.length }, (_, at) => at + 1),
});

/** How many layers of escaping are undone. */
const maxLayers = 4;

/** The text, and what it becomes as its escaping is undone layer by layer. */
function layersOf(text: string): Decoded[] {
	const layers = [asDecoded(text)];
	for (let layer = layers[0]; layer !== undefined && layers.length <= maxLayers;) {
		layer = decodeOnce(layer);
		if (layer !== undefined) layers.push(layer);
	}
	return layers;
}

/** In lower case where that keeps each character at its place. */
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Most secrets that are looked for in one text; with more, nothing of the text is shown. */
const maxSecrets = 1_000;

/** How many characters of a secret are looked for; what follows them is hidden up to the secret's length. */
const maxSought = 64;

const isWordCharacter = (text: string, at: number): boolean =>
	/[\p{L}\p{N}]/u.test(text.charAt(at));

/** What is looked for in a text: a secret as it is or in base64, where the characters around it may hold parts of it. */
interface Sought {
	text: string;
	isBase64: boolean;
	/** Only as a whole word, since so short a text occurs within any other. */
	isWord: boolean;
	/** How many characters before and after it hold a part of the secret as well. */
	before: number;
	after: number;
}

/** A text in the ways in which it is usually written within another that is then encoded in base64. */
function usualForms(text: string): Set<string> {
	const json = JSON.stringify(text).slice(1, -1);
	const ascii = json.replace(
		/[^\x20-\x7e]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	// Half a character, which a URL cannot have, becomes a replacement character.
	const bytes = Buffer.from(text);
	const inUrl = encodeURIComponent(bytes.toString());
	return new Set([text, json, ascii, inUrl, bytes.toString('base64'), bytes.toString('base64url')]);
}

/**
 * The base64 of a secret within any other text: six bits a character, so that it depends on the number of bytes before
 * the secret, and its first and last character on what is around it.
 */
function inBase64(secret: string): Sought[] {
	const bytes = Buffer.from(secret);
	return [0, 1, 2].map((lead) => {
		const bits = (lead + bytes.length) * 8;
		const encoded = Buffer.concat([Buffer.alloc(lead), bytes]).toString('base64');
		return {
			text: encoded.slice(Math.ceil((lead * 8) / 6), Math.floor(bits / 6)),
			isBase64: true,
			isWord: false,
			before: lead === 0 ? 0 : 1,
			after: bits % 6 === 0 ? 0 : 1,
		};
	});
}

/** Fewest characters of a secret that are looked for within words. */
const minWithinWords = 4;

function soughtFor(secrets: string[]): Sought[] {
	const long = secrets.filter((secret) => secret.length > 1);
	const forms = new Set(
		long.flatMap((secret) => [
			...layersOf(secret).map((layer) => lower(layer.text)),
			...(secret.length < minWithinWords ? [] : [Buffer.from(secret).toString('hex')]),
		]),
	);
	return [
		...[...forms].map((text) => ({
			text,
			isBase64: false,
			isWord: text.length < minWithinWords,
			before: 0,
			after: 0,
		})),
		...[...new Set(long.flatMap((secret) => [...usualForms(secret)]))]
			.flatMap(inBase64)
			.filter(({ text }) => text.length >= minWithinWords),
	].filter(({ text }) => text.length > 1);
}

/** Where the base64 of a secret ends: with the character that holds its last bits, and the padding. */
function endOfBase64(text: string, end: number, after: number): number {
	let last = end;
	if (after > 0 && /[A-Za-z0-9+/]/.test(text.charAt(last))) last++;
	while (last < end + 3 && text.charAt(last) === '=') last++;
	return last;
}

/**
 * Makes the function that puts `[hidden]` in place of each secret in a text, however it is escaped there: for JSON, HTML,
 * a URL or a form, as ASCII, once or several times, and in any case; as hexadecimal digits, and in base64, alone or
 * within other text. A secret of two or three characters is looked for as a whole word, since it occurs within any text;
 * a single character is none. The function takes time in proportion to the text's length.
 */
export function blanker(secrets: string[]): (text: string) => string {
	if (secrets.length === 0) return (text) => text;
	if (secrets.length > maxSecrets) return (text) => (text === '' ? text : hidden);
	const wanted = soughtFor(secrets);
	return (text) => {
		// For each place of the text, where the secret that starts there ends.
		const reach = new Uint32Array(text.length);
		for (const layer of layersOf(text)) {
			const plain = lower(layer.text);
			const base64 = layer.text.replace(/-/g, '+').replace(/_/g, '/');
			for (const { text: form, isBase64, isWord, before, after } of wanted) {
				const haystack = isBase64 ? base64 : plain;
				const sought = form.slice(0, maxSought);
				for (let at = haystack.indexOf(sought); at !== -1; at = haystack.indexOf(sought, at + 1)) {
					const formEnd = Math.min(at + form.length, haystack.length);
					const end = isBase64 ? endOfBase64(haystack, formEnd, after) : formEnd;
					const isPartOfWord =
						isWord && (isWordCharacter(haystack, at - 1) || isWordCharacter(haystack, end));
					const start = layer.starts[Math.max(0, at - before)] ?? 0;
					if (!isPartOfWord) reach[start] = Math.max(reach[start] ?? 0, layer.ends[end - 1] ?? 0);
				}
			}
		}
		const parts: string[] = [];
		let hiddenUntil = 0;
		let shownFrom = 0;
		for (let at = 0; at < text.length; at++) {
			const end = reach[at] ?? 0;
			if (end === 0) continue;
			if (at > hiddenUntil || hiddenUntil === 0) parts.push(text.slice(shownFrom, at), hidden);
			hiddenUntil = shownFrom = Math.max(hiddenUntil, end);
		}
		return parts.join('') + text.slice(shownFrom);
	};
}
