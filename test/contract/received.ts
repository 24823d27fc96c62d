import type { Exchange } from './contractCase';

const encodings: Array<[RegExp, Exchange['request']['encoding']]> = [
	[/^application\/json\b/, 'json'],
	[/^application\/x-www-form-urlencoded\b/, 'form'],
	[/^multipart\/form-data; boundary=./, 'multipart'],
];

function encodingOf(text: string, headers: Headers): string {
	if (text === '') return 'none';
	const contentType = headers.get('content-type') ?? '';
	return encodings.find(([pattern]) => pattern.test(contentType))?.[1] ?? contentType;
}

/** Names and values in order of the names, so that a field sent twice shows. */
const sorted = (fields: Iterable<[string, string]>): Array<[string, string]> =>
	[...fields].sort(([one], [other]) => (one < other ? -1 : 1));

const asTexts = (fields: unknown): Array<[string, string]> =>
	Object.entries((fields ?? {}) as Record<string, unknown>).map(([name, value]) => [
		name,
		String(value),
	]);

async function bodyOf(request: Request, text: string, encoding: string): Promise<unknown> {
	switch (encoding) {
		case 'none':
			return undefined;
		case 'json':
			return JSON.parse(text);
		case 'form':
			return sorted(new URLSearchParams(text));
		case 'multipart':
			return sorted(
				[...(await request.formData())].map(([name, value]) => [
					name,
					typeof value === 'string' ? value : `file:${value.name}`,
				]),
			);
		default:
			return text;
	}
}

/** What a row of the contract says about its request, in the form of {@link summaryOf}. */
export function expectedSummary({ request }: Exchange): unknown {
	const { method, path, origin, query = {}, encoding, body } = request;
	const isFields = encoding === 'form' || encoding === 'multipart';
	return {
		method,
		origin: origin ?? 'the tenant',
		path,
		query: sorted(Object.entries(query)),
		encoding,
		body: isFields ? sorted(asTexts(body)) : encoding === 'none' ? undefined : body,
		hasToken: origin === undefined,
	};
}

/** What of a received request the contract is about. */
export async function summaryOf(request: Request, apiOrigin: string, token: string) {
	const { method, headers } = request;
	const url = new URL(request.url);
	const text = await request.clone().text();
	const encoding = encodingOf(text, headers);
	return {
		method,
		origin: url.origin === apiOrigin ? 'the tenant' : url.origin,
		path: decodeURI(url.pathname),
		query: sorted(url.searchParams),
		encoding,
		body: await bodyOf(request, text, encoding),
		hasToken: headers.get('authorization') === `Bearer ${token}`,
	};
}
