import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Source } from './search';
import { contains, search } from './search';

/** Searches Self Service categories by name. */
export async function searchSelfServiceCategories(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const source: Source = {
		url: '/api/v1/self-service/categories',
		items: '',
		matches: ({ name }) => contains(filter.trim(), name),
		toResult: ({ id, name }) => ({ name: String(name), value: String(id) }),
	};
	return await search(this, [source], paginationToken);
}
