import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Source } from './search';
import { contains, search } from './search';

/** Searches users by email through the API, or by name, which the API cannot search. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const text = filter.trim();
	const source: Source = {
		url: '/api/v1/users',
		qs: text.includes('@') ? { email: text } : {},
		matches: ({ name, email }) => contains(text, name, email),
		toResult: ({ id, name, email }) => ({
			name: name ? `${String(name)} (${String(email)})` : String(email),
			value: String(id),
		}),
	};
	return await search(this, [source], paginationToken);
}
