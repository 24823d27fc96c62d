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

/** Rows that are shown at once, at least, while the API has more. */
const enough = 50;

/** One list of the API that a picker reads. */
export interface Source {
	url: string;
	/** The API's path with `{blueprint_id}` unfilled, for errors. */
	path?: string;
	/** Query of the first page; with `limit`, a bare array is read by `offset`. */
	qs?: IDataObject;
	/** Where the rows are in the body; `results` unless given, empty for a bare array. */
	items?: string;
	/** Tells the rows to show where the API does not search, or does it otherwise. */
	matches?: (row: IDataObject) => boolean;
	toResult: (row: IDataObject) => INodeListSearchItems;
}

/** Tests whether one of the texts contains what the user typed, in whatever case. */
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

/** The source and the query that a token of {@link asToken} stands for; the first ones without a token. */
function positionOf(token: string | undefined, sources: Source[]): [number, IDataObject] {
	if (!token) return [0, { ...sources[0]?.qs }];
	const [index = '', query = ''] = token.split('?', 2);
	return [Number(index), Object.fromEntries(new URLSearchParams(query))];
}

/**
 * Reads the sources one after another, page by page, until there is enough to show.
 *
 * @param token the `paginationToken` of the results before
 * @returns rows with name and id, and a token when the API has more
 * @throws NodeApiError for every answer that is not a list: an empty list means that nothing matches
 */
export async function search(
	context: ILoadOptionsFunctions,
	sources: Source[],
	token: string | undefined,
): Promise<INodeListSearchResult> {
	const found = new Map<string, INodeListSearchItems>();
	const asked = new Set<string>();
	let [index, qs] = positionOf(token, sources);
	for (let source = sources[index]; source !== undefined;) {
		const { url, path = url, items = 'results', matches = () => true, toResult } = source;
		const fail = (problem: string) => apiError(context, { path, problem });
		const position = asToken(index, qs);
		if (asked.has(position)) throw fail('Kandji sent the same page twice');
		asked.add(position);

		const response = await send(context, { method: 'GET', url, qs }, { path });
		const page = readPage(response, { items, pageSize: 0 });
		if (page === undefined) throw fail('Kandji’s answer holds no list');
		for (const row of page.rows.filter(matches)) {
			const result = toResult(row);
			if (!found.has(String(result.value))) found.set(String(result.value), result);
		}

		const next = nextQuery(page, source, qs);
		if (next === undefined) source = sources[++index];
		qs = next ?? { ...source?.qs };
		if (source !== undefined && found.size >= enough) {
			return { results: [...found.values()], paginationToken: asToken(index, qs) };
		}
	}
	return { results: [...found.values()] };
}
