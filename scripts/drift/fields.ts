import { visit } from 'jsonc-parser';
import { z } from 'zod';

import { distinct } from './vendor';

const commentedField = /^(?:\/\/|\/\*|\*)?\s*"([^"]+)"\s*:/gm;

/**
 * The fields of a body that is written down as JSON. Optional fields may be in comments, and variables may stand
 * for values.
 */
function fieldsOfText(written: string): string[] {
	const text = written.replace(/\{\{[^{}]*\}\}/g, '0');
	const fields: string[] = [];
	let depth = 0;
	visit(text, {
		onObjectBegin: () => {
			depth++;
		},
		onObjectEnd: () => {
			depth--;
		},
		onObjectProperty: (name) => {
			if (depth === 1) fields.push(name);
		},
		onComment: (offset, length) => {
			if (depth !== 1) return;
			const comment = text.slice(offset, offset + length);
			for (const [, name = ''] of comment.matchAll(commentedField)) fields.push(name);
		},
	});
	return distinct(fields);
}

/** The fields on the first level of a body: of an object, of the objects in an array, or of JSON text. */
export function fieldsOf(body: unknown): string[] {
	if (typeof body === 'string') return fieldsOfText(body);
	if (Array.isArray(body)) return distinct(body.flatMap(fieldsOf));
	return typeof body === 'object' && body !== null ? Object.keys(body) : [];
}

const schemaParts = z.object({
	properties: z.record(z.unknown()).catch({}),
	allOf: z.array(z.unknown()).catch([]),
	anyOf: z.array(z.unknown()).catch([]),
	oneOf: z.array(z.unknown()).catch([]),
	examples: z.array(z.unknown()).catch([]),
	example: z.unknown(),
	items: z.unknown(),
});

const isReadOnly = (schema: unknown): boolean =>
	z.object({ readOnly: z.literal(true) }).safeParse(schema).success;

/** The fields that a JSON schema and its examples have on the first level, apart from those that are only read. */
export function fieldsOfSchema(schema: unknown, above: readonly unknown[] = []): string[] {
	const parts = schemaParts.safeParse(schema).data;
	if (parts === undefined || above.includes(schema)) return [];
	const { properties, allOf, anyOf, oneOf, items, example, examples } = parts;
	const own = Object.keys(properties).filter((name) => !isReadOnly(properties[name]));
	const shown = [example, ...examples].flatMap(fieldsOf);
	const others = [...allOf, ...anyOf, ...oneOf, items].flatMap((part) =>
		fieldsOfSchema(part, [...above, schema]),
	);
	return distinct([...own, ...shown.filter((name) => !isReadOnly(properties[name])), ...others]);
}
