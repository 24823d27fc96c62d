import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Source } from './search';
import { search } from './search';

/** Searches tags by name. */
export async function searchTags(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const source: Source = {
		url: '/api/v1/tags',
		qs: { search: filter.trim() },
		toResult: ({ id, name }) => ({
			name: String(name),
			value: String(id),
		}),
	};
	return await search(this, [source], paginationToken);
}
