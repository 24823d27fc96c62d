import type { IDataObject, IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import { acceptsList } from '../../transport/routing/fieldChecks';
import { entriesOf } from '../../shared/fields/commaList';
import { conditionsField } from '../../shared/fields/conditions';
import { jsonFilterField } from '../../shared/fields/jsonFilter';
import { readConditions } from '../../shared/preSend/conditions';
import { emptyFilterError } from '../../shared/preSend/requiredFields';
import { idOf } from '../../transport/routing/ids';
import { prismConditionField, prismFields } from './conditionFields';

/**
 * The fields that filter the records of a category. {@link selectionOf} reads them.
 *
 * @param comparesVersions false for exports, of which the API filters the records alone
 */
export const selectionFields = (comparesVersions: boolean): INodeProperties[] => [
	acceptsList({
		displayName: 'Blueprint IDs',
		name: 'blueprintIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2118bda6-8772-4c5b-ae0a-bb506b2b9516, c0148e35-c734-4402-b2fb-1c61aab72550',
		description: 'Comma-separated IDs. Only records of devices in these blueprints are returned.',
	}),
	conditionsField(prismConditionField, comparesVersions),
	{
		displayName: 'Device Families',
		name: 'deviceFamilies',
		type: 'multiOptions',
		options: [
			{ name: 'Apple TV', value: 'tvOS' },
			{ name: 'iPad', value: 'iPad' },
			{ name: 'iPhone', value: 'iPhone' },
			{ name: 'Mac', value: 'Mac' },
		],
		default: ['Mac'],
		description: 'Only records of devices in these families',
	},
	jsonFilterField('{"device__name": {"like": ["MacBook"]}}'),
];

/** The filters that are set, as the API names them. */
export interface Selection {
	blueprint_ids?: string[];
	device_families?: string[];
	filter?: IDataObject;
	/** What the API cannot filter. */
	passes?: (record: IDataObject) => boolean;
}

/**
 * Reads the filters from a collection of the node.
 *
 * @throws NodeOperationError when a field of it is set but empty, or malformed
 */
export async function selectionOf(
	context: IExecuteSingleFunctions,
	collection: string,
): Promise<Selection> {
	const fields = context.getNodeParameter(collection, {}) as IDataObject;
	const entries = (name: string, displayName: string): string[] | undefined => {
		if (!(name in fields)) return undefined;
		const list = entriesOf(fields[name]);
		if (list.length > 0) return list;
		throw emptyFilterError(context, displayName);
	};
	const selection: Selection = {};
	const blueprints = entries('blueprintIds', 'Blueprint IDs');
	const families = entries('deviceFamilies', 'Device Families');
	if (blueprints !== undefined) {
		selection.blueprint_ids = await Promise.all(
			blueprints.map(async (id) => await idOf(context, 'blueprintId', id)),
		);
	}
	if (families !== undefined) selection.device_families = families;
	const category = String(context.getNodeParameter('category'));
	return { ...selection, ...readConditions(context, fields, prismFields(category)) };
}
