import type { IDataObject, IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import { acceptsList } from '../../transport/routing/fieldChecks';
import { entriesOf } from '../../shared/fields/commaList';
import { conditionsField } from '../../shared/fields/conditions';
import { jsonFilterField } from '../../shared/fields/jsonFilter';
import { readConditions } from '../../shared/preSend/conditions';
import { idsOfBlueprints } from '../../shared/preSend/ids';
import { emptyFilterError } from '../../shared/preSend/requiredFields';
import { prismConditionField, prismFields } from './conditionFields';

/**
 * The fields that filter the records of a category. {@link selectionOf} reads them.
 *
 * @param comparesVersions false for exports, of which the API filters the records alone
 */
export const selectionFields = (comparesVersions: boolean): INodeProperties[] => [
	acceptsList({
		displayName: 'Blueprints',
		name: 'blueprints',
		type: 'string',
		default: '',
		placeholder: 'e.g. Engineering, Sales',
		description:
			'Comma-separated list of names or IDs of blueprints, not case-sensitive. Only records of devices in any of them.',
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
	const families = entries('deviceFamilies', 'Device Families');
	if ('blueprints' in fields) {
		selection.blueprint_ids = await idsOfBlueprints(context, fields.blueprints);
	}
	if (families !== undefined) selection.device_families = families;
	const category = String(context.getNodeParameter('category'));
	return { ...selection, ...readConditions(context, fields, prismFields(category)) };
}
