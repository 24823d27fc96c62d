import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { withShownErrors } from '../transport/http/errors';
import { searchAdeDevices } from './adeDevices';
import { searchAdeIntegrations } from './adeIntegrations';
import { searchBlueprints } from './blueprints';
import { searchDevices } from './devices';
import { searchLibraryItems } from './libraryItems';
import { searchSelfServiceCategories } from './selfServiceCategories';
import { searchTags } from './tags';
import { searchUsers } from './users';

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

const withErrorsShown = (search: Search): Search =>
	async function (filter, paginationToken) {
		return await withShownErrors(
			this,
			async () => await search.call(this, filter, paginationToken),
		);
	};

/** The search methods of the resource locators. */
export const listSearch = {
	searchAdeDevices: withErrorsShown(searchAdeDevices),
	searchAdeIntegrations: withErrorsShown(searchAdeIntegrations),
	searchBlueprints: withErrorsShown(searchBlueprints),
	searchDevices: withErrorsShown(searchDevices),
	searchLibraryItems: withErrorsShown(searchLibraryItems),
	searchSelfServiceCategories: withErrorsShown(searchSelfServiceCategories),
	searchTags: withErrorsShown(searchTags),
	searchUsers: withErrorsShown(searchUsers),
};
