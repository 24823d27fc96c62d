import SwaggerParser from '@apidevtools/swagger-parser';
import type { OpenAPI } from 'openapi-types';
import { z } from 'zod';

import { UsageError } from '../usageError';
import { fieldsOf, fieldsOfSchema } from './fields';
import { normalPath } from './path';
import { distinct, encodingOf, merged, type VendorOperation } from './vendor';

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

const parameters = z.array(z.object({ name: z.string(), in: z.string() })).default([]);

const servers = z
	.array(
		z.object({
			url: z.string(),
			variables: z.record(z.object({ default: z.coerce.string() })).default({}),
		}),
	)
	.optional();

const mediaType = z.object({
	schema: z.unknown(),
	example: z.unknown(),
	examples: z.record(z.object({ value: z.unknown() })).default({}),
});

const operation = z
	.object({
		summary: z.string().optional(),
		operationId: z.string().optional(),
		parameters,
		servers,
		requestBody: z.object({ content: z.record(mediaType) }).optional(),
	})
	.optional();

const pathItem = z.object({
	parameters,
	servers,
	get: operation,
	post: operation,
	put: operation,
	patch: operation,
	delete: operation,
});

const outline = z.object({ openapi: z.string(), paths: z.record(z.unknown()) });

const document = z.object({ servers, paths: z.record(pathItem) });

type Operation = NonNullable<z.infer<typeof operation>>;

/** The first server's URL with its variables filled in; all servers have the same paths. */
function addressOf([server]: NonNullable<z.infer<typeof servers>> = []): string {
	return (server?.url ?? '').replace(
		/\{(\w+)\}/g,
		(variable, name: string) => server?.variables[name]?.default ?? variable,
	);
}

function bodyOf({ requestBody }: Operation): Pick<VendorOperation, 'encodings' | 'fields'> {
	const content = Object.entries(requestBody?.content ?? {});
	const fields = content.flatMap(([, { schema, example, examples }]) => [
		...fieldsOfSchema(schema),
		...fieldsOf(example),
		...Object.values(examples).flatMap(({ value }) => fieldsOf(value)),
	]);
	return {
		encodings: distinct(content.map(([type]) => encodingOf(type))),
		fields: distinct(fields),
	};
}

function operationsOf(
	path: string,
	item: z.infer<typeof pathItem>,
	common: z.infer<typeof servers>,
): VendorOperation[] {
	return methods.flatMap((method) => {
		const described = item[method];
		if (described === undefined) return [];
		const query = [...item.parameters, ...described.parameters].filter(
			(parameter) => parameter.in === 'query',
		);
		return {
			method: method.toUpperCase(),
			path: normalPath(addressOf(described.servers ?? item.servers ?? common), path),
			title: described.summary ?? described.operationId ?? '',
			query: distinct(query.map(({ name }) => name)),
			...bodyOf(described),
		};
	});
}

/** @throws UsageError that says which part is not as it should be */
function checked<T extends z.ZodTypeAny>(schema: T, content: unknown): z.infer<T> {
	const { data, error } = schema.safeParse(content);
	const issue = error?.issues[0];
	if (issue !== undefined) throw new UsageError(`${issue.path.join(' › ')}: ${issue.message}`);
	return data;
}

/** The first reference that leaves the file. */
function foreignReference(value: unknown): string | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [key, part] of Object.entries(value)) {
		const isForeign = key === '$ref' && typeof part === 'string' && !part.startsWith('#');
		const found = isForeign ? part : foreignReference(part);
		if (found !== undefined) return found;
	}
	return undefined;
}

async function dereferenced(content: OpenAPI.Document): Promise<OpenAPI.Document> {
	try {
		return await SwaggerParser.dereference(content, { resolve: { external: false } });
	} catch (error) {
		throw new UsageError((error as Error).message);
	}
}

/** Whether this is meant to be OpenAPI. */
export const isOpenApi = (content: unknown): content is OpenAPI.Document =>
	typeof content === 'object' && content !== null && 'openapi' in content;

/**
 * The operations of an OpenAPI 3 document.
 *
 * @throws UsageError when a part of it is missing, in another file or not as OpenAPI has it
 */
export async function readOpenApi(content: OpenAPI.Document): Promise<VendorOperation[]> {
	checked(outline, content);
	const foreign = foreignReference(content);
	if (foreign !== undefined) {
		throw new UsageError(`It refers to "${foreign}"; everything must be in one file`);
	}
	const { paths, servers } = checked(document, await dereferenced(content));
	return merged(Object.entries(paths).flatMap(([path, item]) => operationsOf(path, item, servers)));
}
