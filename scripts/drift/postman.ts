import { Collection, type Item, type Request, type RequestBody } from 'postman-collection';
import { z } from 'zod';

import { UsageError } from '../usageError';
import { fieldsOf } from './fields';
import { normalPath } from './path';
import { distinct, encodingOf, merged, type VendorOperation } from './vendor';

const collectionFile = z.object({
	info: z.object({ schema: z.string().regex(/\/collection\/v2\.1\.\d+\//) }),
});

/** A collection as Postman's API returns it. */
const wrapped = z.object({ collection: collectionFile.passthrough() });

const rawUrl = z.object({ raw: z.string(), path: z.undefined() });

type Body = Pick<VendorOperation, 'encodings' | 'fields'>;

const writtenAsJson = z.object({
	options: z.object({ raw: z.object({ language: z.literal('json') }) }),
});

/** Names in a list of parameters, with those that are switched off: they are documented too. */
const names = (parameters: Array<{ key: string | null }> = []): string[] =>
	distinct(parameters.flatMap(({ key }) => key || []));

function mediaTypeOf({ headers }: Request, body: RequestBody): string {
	const header: unknown = headers.get('Content-Type');
	if (typeof header === 'string') return header;
	const isJson = writtenAsJson.safeParse(body).success || /^\s*[[{]/.test(body.raw ?? '');
	return isJson ? 'application/json' : 'text/plain';
}

function bodyOf(request: Request): Body {
	const { body } = request;
	if (body === undefined || body.isEmpty()) return { encodings: [], fields: [] };
	switch (body.mode) {
		case 'raw':
			return { encodings: [encodingOf(mediaTypeOf(request, body))], fields: fieldsOf(body.raw) };
		case 'urlencoded':
			return { encodings: ['form'], fields: names(body.urlencoded?.all()) };
		case 'formdata':
			return { encodings: ['multipart'], fields: names(body.formdata?.all()) };
		default:
			return { encodings: [body.mode], fields: [] };
	}
}

/** A request, and what its saved examples send besides. */
function operationOf({ name, request, responses }: Item, base: string): VendorOperation {
	const { url, method } = request;
	const body = bodyOf(request);
	const examples = responses.all().flatMap(({ originalRequest }) => originalRequest ?? []);
	const fields = examples
		.map(bodyOf)
		.filter(({ encodings }) => encodings.every((encoding) => body.encodings.includes(encoding)))
		.flatMap((example) => example.fields);
	return {
		method,
		path: normalPath(base, url.getPath({ unresolved: true })),
		title: name,
		query: distinct([
			...names(url.query.all()),
			...examples.flatMap(({ url }) => names(url.query.all())),
		]),
		encodings: body.encodings,
		fields: distinct([...body.fields, ...fields]),
	};
}

/** The same with texts for those URLs that are not taken apart, which the library would take for empty. */
const withTexts = (content: object): object =>
	JSON.parse(JSON.stringify(content), (key, value: unknown) =>
		key === 'url' ? (rawUrl.safeParse(value).data?.raw ?? value) : value,
	) as object;

/** The collection in what a file holds; undefined when there is none of version 2.1. */
export function collectionIn(content: unknown): object | undefined {
	const collection = wrapped.safeParse(content).data?.collection ?? content;
	return collectionFile.safeParse(collection).success ? (collection as object) : undefined;
}

/**
 * The requests of a Postman collection, in whichever folder they are.
 *
 * @throws UsageError when a request is not as Postman has it
 */
export function readPostman(content: object): VendorOperation[] {
	const operations: VendorOperation[] = [];
	try {
		const collection = new Collection(withTexts(content));
		collection.forEachItem((item: Item) => {
			if (item.request?.url.path === undefined) return;
			const host = item.request.url.getHost();
			operations.push(operationOf(item, collection.variables.replace(host)));
		});
	} catch (error) {
		throw new UsageError(`A request in it is malformed: ${(error as Error).message}`);
	}
	return merged(operations);
}
