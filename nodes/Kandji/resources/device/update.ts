import type { IDataObject, IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import { entriesOf } from '../../shared/fields/commaList';
import { acceptsEmpty, acceptsList } from '../../transport/routing/fieldChecks';
import { blueprintLocator, userLocator } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { inputError } from '../../transport/http/errors';
import { assignableUser } from '../../shared/preSend/ids';
import { nothingToUpdateError } from '../../shared/preSend/requiredFields';
import { idOf, locatorOf } from '../../transport/routing/ids';
import { preSend } from '../../transport/routing/itemQueue';
import { simplifiedDevice, usualDeviceFields } from './simplified';
import { tagNames } from './tagNames';

const showOnlyForDeviceUpdate = { resource: ['device'], operation: ['update'] };

/** The body that clears each field. The API rejects an empty asset tag. */
const cleared: Record<string, IDataObject> = {
	assetTag: { asset_tag: null },
	tags: { tags: [] },
	user: { user: null },
};

/** Fields that a row of a table may leave empty, by their names, as the editor shows them. */
const fieldNames = {
	assetTag: 'Asset Tag',
	blueprintId: 'Blueprint',
	tags: 'Tags',
	userId: 'User',
};

const isEmptyValue = (value: unknown): boolean => entriesOf(locatorOf(value).value).length === 0;

/** The fields to update. Those that came out empty are left out, or refused. */
function filledFields(context: IExecuteSingleFunctions): IDataObject {
	const fields = context.getNodeParameter('updateFields', {}) as IDataObject;
	const { ignoreEmptyFields } = context.getNodeParameter('options', {}) as IDataObject;
	const filled = { ...fields };
	for (const [name, displayName] of Object.entries(fieldNames)) {
		if (!(name in fields) || !isEmptyValue(fields[name])) continue;
		if (ignoreEmptyFields !== true) {
			throw inputError(
				context,
				`${displayName} is empty`,
				'Nothing was sent. Enter a value, or check the expression. To leave the value as it is, turn on Options › Ignore Empty Fields; to remove it, use Clear Fields.',
			);
		}
		delete filled[name];
	}
	return filled;
}

/** Builds the body of the update: to clear a field takes Clear Fields. It is empty if all fields are and that is allowed. */
export const buildUpdate = preSend(async function (options) {
	const fields = filledFields(this);
	const body: IDataObject = {};
	for (const name of (fields.clearFields ?? []) as string[]) Object.assign(body, cleared[name]);
	if ('assetTag' in fields) body.asset_tag = String(fields.assetTag).trim();
	if ('blueprintId' in fields) {
		body.blueprint_id = await idOf(this, 'blueprintId', fields.blueprintId);
	}
	if ('userId' in fields) body.user = await assignableUser(this, fields.userId);
	if ('tags' in fields) body.tags = tagNames(this, fields.tags);
	const given = this.getNodeParameter('updateFields', {}) as IDataObject;
	if (
		Object.keys(given).length === 0 ||
		(Object.keys(body).length === 0 && 'clearFields' in given)
	) {
		throw nothingToUpdateError(this);
	}
	return { ...options, body };
});

export const deviceUpdateDescription: INodeProperties[] = [
	...simplify(showOnlyForDeviceUpdate, simplifiedDevice, usualDeviceFields),
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForDeviceUpdate },
		options: [
			acceptsEmpty({
				displayName: 'Asset Tag',
				name: 'assetTag',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1040',
			}),
			acceptsEmpty(
				blueprintLocator(undefined, {
					required: false,
					description: 'The blueprint to move the device to',
				}),
			),
			{
				displayName: 'Clear Fields',
				name: 'clearFields',
				type: 'multiOptions',
				options: [
					{ name: 'Asset Tag', value: 'assetTag' },
					{ name: 'Tags', value: 'tags' },
					{ name: 'User', value: 'user', description: 'Unassign the user' },
				],
				default: [],
				description: 'Fields to clear',
			},
			acceptsEmpty(
				acceptsList({
					displayName: 'Tags',
					name: 'tags',
					type: 'string',
					default: '',
					placeholder: 'e.g. Finance, Loaner',
					description:
						'Comma-separated list of existing tags. They replace all current tags of the device.',
				}),
			),
			acceptsEmpty(
				userLocator(undefined, {
					required: false,
					description: 'The user to assign the device to',
				}),
			),
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: showOnlyForDeviceUpdate },
		options: [
			{
				displayName: 'If Not Enrolled',
				name: 'ifNotEnrolled',
				type: 'options',
				options: [
					{
						name: 'Skip',
						value: 'skip',
						description: "Return an item with 'enrolled' set to false and what was looked for",
					},
					{ name: 'Throw Error', value: 'throwError', description: 'Fail the item' },
					{
						name: 'Update ADE Device',
						value: 'updateAdeDevice',
						description:
							'Set the asset tag, blueprint and user that the device of this serial number gets when it enrolls',
					},
				],
				default: 'throwError',
				description: 'What to do if Kandji has no such device',
			},
			{
				displayName: 'Ignore Empty Fields',
				name: 'ignoreEmptyFields',
				type: 'boolean',
				default: false,
				description:
					'Whether a field that is empty leaves the value of the device as it is, such as an empty cell of a row. If off, the item fails.',
			},
		],
	},
];
