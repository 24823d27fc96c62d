import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { preSend } from '../../transport/routing/itemQueue';
import { exportableCategoryOptions } from './categories';
import { selectionFields, selectionOf } from './selection';

const showOnlyForPrismRequestExport = { resource: ['prism'], operation: ['requestExport'] };

/** Puts the selection into the body. */
export const buildExport = preSend(async function (options) {
	const selection = await selectionOf(this, 'additionalFields');
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
			'What to export. Application Firewall, Cellular, Certificates and FileVault cannot be exported: use Get Many for them.',
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
			...selectionFields,
			{
				displayName: 'Sort By',
				name: 'sortBy',
				type: 'string',
				default: '',
				placeholder: 'e.g. device__name',
				description: 'The column to sort by; a leading hyphen reverses the order',
				routing: { send: { type: 'body', property: 'sort_by' } },
			},
		],
	},
];
