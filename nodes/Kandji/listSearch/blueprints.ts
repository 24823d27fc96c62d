import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Source } from './search';
import { search } from './search';
import { webApp } from './webApp';

/** Searches blueprints by name. */
export async function searchBlueprints(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const pageUrl = await webApp(this);
	const name = filter.trim();
	const source: Source = {
		url: '/api/v1/blueprints',
		qs: { limit: 100, offset: 0, ...(name === '' ? {} : { name }) },
		toResult: ({ id, name: label }) => ({
			name: String(label),
			value: String(id),
			url: pageUrl('blueprints', id),
		}),
	};
	return await search(this, [source], paginationToken);
}
