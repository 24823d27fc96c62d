import { createHash } from 'node:crypto';

import type { FastifyRequest } from 'fastify';

import type { Call } from './call';
import { requireType } from './body';

/** A file of a multipart body. */
export interface SentFile {
	field: string;
	name: string;
	type: string;
	size: number;
	sha256: string;
	/** The first 64 KB, as text. */
	text: string;
}

/** A multipart body: its fields and files, and the names in the order they came. */
export interface Parts {
	fields: Record<string, string>;
	files: SentFile[];
	order: string[];
}

const KEPT = 64 * 1024;

/** Reads a multipart body to its end; file contents are hashed, not kept. */
export async function readParts(request: FastifyRequest): Promise<Parts> {
	const parts: Parts = { fields: {}, files: [], order: [] };
	for await (const part of request.parts()) {
		parts.order.push(part.fieldname);
		if (part.type === 'field') {
			parts.fields[part.fieldname] = String(part.value);
			continue;
		}
		const digest = createHash('sha256');
		let size = 0;
		let text = '';
		for await (const chunk of part.file as AsyncIterable<Buffer>) {
			digest.update(chunk);
			if (size < KEPT) text += chunk.toString();
			size += chunk.length;
		}
		parts.files.push({
			field: part.fieldname,
			name: part.filename,
			type: part.mimetype,
			size,
			sha256: digest.digest('hex'),
			text,
		});
	}
	return parts;
}

/** The multipart body of an API call; 415 for any other kind. Fields and files go into the request log. */
export async function multipart(call: Call): Promise<Parts> {
	requireType(call, 'multipart/form-data');
	const parts = await readParts(call.request);
	call.request.body = { ...parts.fields, files: parts.files };
	return parts;
}
