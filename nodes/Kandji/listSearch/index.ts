import type { INodeType } from 'n8n-workflow';

import { searchAdeDevices } from './adeDevices';
import { searchAdeIntegrations } from './adeIntegrations';
import { searchBlueprints } from './blueprints';
import { searchDevices } from './devices';
import { searchLibraryItems } from './libraryItems';
import { searchSelfServiceCategories } from './selfServiceCategories';
import { searchTags } from './tags';
import { searchUsers } from './users';

/** The search methods of the resource locators. */
export const listSearch: NonNullable<INodeType['methods']>['listSearch'] = {
	searchAdeDevices,
	searchAdeIntegrations,
	searchBlueprints,
	searchDevices,
	searchLibraryItems,
	searchSelfServiceCategories,
	searchTags,
	searchUsers,
};
