import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { preSend } from '../../transport/routing/itemQueue';
import { exportableCategoryOptions } from './categories';
import { selectionFields, selectionOf } from './selection';

const showOnlyForPrismRequestExport = { resource: ['prism'], operation: ['requestExport'] };

export const buildExport = preSend(async function (options) {
	const { blueprint_ids, device_families, filter } = await selectionOf(this, 'additionalFields');
	const selection = { blueprint_ids, device_families, filter };
	return { ...options, body: { ...(options.body as IDataObject), ...selection } };
});

export const prismRequestExportDescription: INodeProperties[] = [
	{
		displayName: 'Category',
		name: 'category',
		type: 'options',
		options: exportableCategoryOptions,
		default: 'device_information',
		required: true,
		displayOptions: { show: showOnlyForPrismRequestExport },
		description:
			"Category to export. Application Firewall, Cellular, Certificates and FileVault can't be exported: use Get Many for these.",
		routing: { send: { type: 'body', property: 'category' } },
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForPrismRequestExport },
		options: [
			...selectionFields(false),
			{
				displayName: 'Sort By',
				name: 'sortBy',
				type: 'string',
				default: '',
				placeholder: 'e.g. device__name',
				description: 'Column to sort by. Add a leading hyphen for descending order.',
				routing: { send: { type: 'body', property: 'sort_by' } },
			},
		],
	},
];
