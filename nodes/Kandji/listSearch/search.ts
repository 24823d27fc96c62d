import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { apiError } from '../transport/http/errors';
import type { Page } from '../transport/lists/pagination';
import { readPage } from '../transport/lists/pagination';
import { send } from '../transport/http/request';

/** Fewest results to return at once while the API has more. */
const minResults = 50;

/** A list of the API that a picker searches. */
export interface Source {
	url: string;
	/** The path template, such as `…/{blueprint_id}/…`, for errors. */
	path?: string;
	/** Query of the first page. A bare array with `limit` is paged by `offset`. */
	qs?: IDataObject;
	/** Key of the rows in the body, `results` by default; empty for a bare array. */
	items?: string;
	/** Selects the rows where the API cannot search, or searches differently. */
	matches?: (row: IDataObject) => boolean;
	toResult: (row: IDataObject) => INodeListSearchItems;
}

/** Whether one of the texts contains what the user typed, not case-sensitive. */
export const contains = (filter: string, ...texts: unknown[]): boolean =>
	texts.some((text) =>
		String(text ?? '')
			.toLowerCase()
			.includes(filter.toLowerCase()),
	);

/** The query of the page after this one, or undefined at the end. */
function nextQuery(page: Page, { items, qs: first = {} }: Source, qs: IDataObject) {
	const { rows, next, total } = page;
	if (rows.length === 0) return undefined;
	if (next) return { ...qs, ...next };
	if (items !== '' || first.limit === undefined) return undefined;
	const offset = Number(qs.offset ?? 0) + rows.length;
	const isMore = total === undefined ? rows.length >= Number(first.limit) : offset < total;
	return isMore ? { ...qs, offset } : undefined;
}

const asToken = (index: number, qs: IDataObject): string =>
	`${index}?${new URLSearchParams(qs as Record<string, string>).toString()}`;

/** Reads a token of {@link asToken}; without a token, the first page of the first source. */
function positionOf(token: string | undefined, sources: Source[]): [number, IDataObject] {
	if (!token) return [0, { ...sources[0]?.qs }];
	const [index = '', query = ''] = token.split('?', 2);
	return [Number(index), Object.fromEntries(new URLSearchParams(query))];
}

/**
 * Searches the sources in order, page by page, until there are enough results.
 *
 * @param token the `paginationToken` of the previous results
 * @returns the results, and a token when the API has more
 * @throws NodeApiError for a response that is not a list, since an empty list means that nothing matches
 */
export async function search(
	context: ILoadOptionsFunctions,
	sources: Source[],
	token: string | undefined,
): Promise<INodeListSearchResult> {
	const found = new Map<string, INodeListSearchItems>();
	const readPositions = new Set<string>();
	let [index, qs] = positionOf(token, sources);
	for (let source = sources[index]; source !== undefined;) {
		const { url, path = url, items = 'results', matches = () => true, toResult } = source;
		const fail = (problem: string) => apiError(context, { path, problem });
		const position = asToken(index, qs);
		if (readPositions.has(position)) throw fail('Kandji returned the same page twice');
		readPositions.add(position);

		const response = await send(context, { method: 'GET', url, qs }, { path });
		const page = readPage(response, { items });
		if (page === undefined) throw fail('Kandji’s response contains no list of records');
		for (const row of page.rows.filter(matches)) {
			const result = toResult(row);
			if (!found.has(String(result.value))) found.set(String(result.value), result);
		}

		const next = nextQuery(page, source, qs);
		if (next === undefined) source = sources[++index];
		qs = next ?? { ...source?.qs };
		if (source !== undefined && found.size >= minResults) {
			return { results: [...found.values()], paginationToken: asToken(index, qs) };
		}
	}
	return { results: [...found.values()] };
}
