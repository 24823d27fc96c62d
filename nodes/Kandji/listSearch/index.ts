import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { withShownErrors } from '../transport/http/errors';
import { isInvisible } from '../transport/routing/fieldChecks';
import { searchAdeDevices } from './adeDevices';
import { searchAdeIntegrations } from './adeIntegrations';
import { searchBlueprints } from './blueprints';
import { searchDeviceNotes } from './deviceNotes';
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

/**
 * A picker's search as n8n calls it, with errors as they are shown. A search for characters that show nothing finds
 * nothing: the API would ignore them and return everything.
 */
const picker = (search: Search): Search =>
	async function (filter = '', paginationToken) {
		if (filter !== '' && isInvisible(filter)) return { results: [] };
		return await withShownErrors(
			this,
			async () => await search.call(this, filter, paginationToken),
		);
	};

/** The search methods of the resource locators. */
export const listSearch = {
	searchAdeDevices: picker(searchAdeDevices),
	searchAdeIntegrations: picker(searchAdeIntegrations),
	searchBlueprints: picker(searchBlueprints),
	searchDeviceNotes: picker(searchDeviceNotes),
	searchDevices: picker(searchDevices),
	searchLibraryItems: picker(searchLibraryItems),
	searchSelfServiceCategories: picker(searchSelfServiceCategories),
	searchTags: picker(searchTags),
	searchUsers: picker(searchUsers),
};
