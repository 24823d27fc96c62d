import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { idOf, locatorOf } from '../transport/routing/ids';
import type { Source } from './search';
import { contains, search } from './search';

const kinds = [
	{ resource: 'customApp', url: '/api/v1/library/custom-apps', label: 'Custom App' },
	{ resource: 'customProfile', url: '/api/v1/library/custom-profiles', label: 'Custom Profile' },
	{ resource: 'customScript', url: '/api/v1/library/custom-scripts', label: 'Custom Script' },
	{ resource: 'inHouseApp', url: '/api/v1/library/ipa-apps', label: 'In-House App' },
];

/**
 * Searches library items by name. The API has no list of all library items, so this reads the list of each kind:
 * only its own for a resource that is one of them. To remove an item from a blueprint, it reads the blueprint's items.
 */
export async function searchLibraryItems(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const text = filter.trim();
	const matches: Source['matches'] = ({ name }) => contains(text, name);
	const blueprint = this.getCurrentNodeParameter('blueprintId');
	const isRemoval = this.getCurrentNodeParameter('operation') === 'removeLibraryItem';
	// An expression has no value in the editor.
	const isChosen = !/^(=|$)/.test(locatorOf(blueprint).value);
	if (isRemoval && isChosen) {
		const id = await idOf(this, 'blueprintId', blueprint);
		const source: Source = {
			url: `/api/v1/blueprints/${encodeURIComponent(id)}/list-library-items`,
			path: '/api/v1/blueprints/{blueprint_id}/list-library-items',
			matches,
			toResult: ({ id: value, name }) => ({
				name: String(name),
				value: String(value),
			}),
		};
		return await search(this, [source], paginationToken);
	}
	const resource = this.getCurrentNodeParameter('resource');
	const own = kinds.filter((kind) => kind.resource === resource);
	const sources = (own.length > 0 ? own : kinds).map(({ url, label }): Source => ({
		url,
		qs: { page: 1 },
		matches,
		toResult: ({ id, name }) => ({
			name: own.length > 0 ? String(name) : `${String(name)} (${label})`,
			value: String(id),
		}),
	}));
	return await search(this, sources, paginationToken);
}
