import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Source } from './search';
import { contains, search } from './search';

/** Searches ADE integrations by server name or organization. */
export async function searchAdeIntegrations(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const text = filter.trim();
	const source: Source = {
		url: '/api/v1/integrations/apple/ade',
		matches: ({ server_name, org_name }) => contains(text, server_name, org_name),
		toResult: ({ id, server_name, org_name }) => ({
			name: org_name ? `${String(server_name)} (${String(org_name)})` : String(server_name),
			value: String(id),
		}),
	};
	return await search(this, [source], paginationToken);
}
