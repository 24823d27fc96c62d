import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { blueprintLocator } from '../../shared/fields/locators';
import { inputError } from '../../transport/http/errors';
import { idOf } from '../../transport/routing/ids';
import { preSend } from '../../transport/routing/itemQueue';
import { looks } from './appearanceFields';

const showOnlyForBlueprintCreate = { resource: ['blueprint'], operation: ['create'] };

/** Puts what the new blueprint is made from into the body. */
export const sendSource = preSend(async function (options) {
	const type = this.getNodeParameter('source', 'empty');
	const body = { ...(options.body as IDataObject) };
	if (type === 'blueprint') {
		const locator = this.getNodeParameter('sourceBlueprintId');
		body['source.id'] = await idOf(this, 'blueprintId', locator);
	}
	if (type === 'template') {
		const id = String(this.getNodeParameter('templateId', '') ?? '').trim();
		if (!/^\d+$/.test(id)) {
			throw inputError(
				this,
				id === '' ? 'Template ID is empty' : `Template ID is not a number: "${id.slice(0, 80)}"`,
				'Nothing was sent. Blueprint › Get Templates lists the templates with their IDs.',
			);
		}
		body['source.id'] = id;
	}
	if (type !== 'empty') body['source.type'] = type;
	return { ...options, body };
});

const filled = {
	name: 'Name',
	'enrollment_code.is_active': 'Enrollment Active',
	type: 'Type',
	color: 'Color',
	icon: 'Icon',
	'enrollment_code.code': 'Enrollment Code',
};

/** Refuses fields that an expression left empty; only the description may be. */
export const checkNew = preSend(async function (options) {
	const body = options.body as IDataObject;
	for (const [key, displayName] of Object.entries(filled)) {
		if ((key === 'name' || key in body) && String(body[key] ?? '').trim() === '') {
			throw inputError(
				this,
				`${displayName} is empty`,
				'Nothing was sent. Enter a value, or check the expression in the field.',
			);
		}
	}
	return options;
});

export const blueprintCreateDescription: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Engineering Macs',
		displayOptions: { show: showOnlyForBlueprintCreate },
		description: 'Name of the new blueprint, which no other may have',
		routing: { send: { type: 'body', property: 'name' } },
	},
	{
		displayName: 'Enrollment Active',
		name: 'enrollmentActive',
		type: 'boolean',
		default: true,
		displayOptions: { show: showOnlyForBlueprintCreate },
		description: 'Whether devices can enroll by hand with the code of the blueprint',
		routing: {
			send: {
				type: 'body',
				property: 'enrollment_code.is_active',
				propertyInDotNotation: false,
			},
		},
	},
	{
		displayName: 'Create From',
		name: 'source',
		type: 'options',
		options: [
			{ name: 'Blueprint', value: 'blueprint', description: 'A copy of another blueprint' },
			{ name: 'Nothing', value: 'empty', description: 'A blueprint without library items' },
			{ name: 'Template', value: 'template', description: "One of Kandji's templates" },
		],
		default: 'empty',
		displayOptions: { show: showOnlyForBlueprintCreate },
		description: 'What the new blueprint starts with',
	},
	blueprintLocator(
		{ ...showOnlyForBlueprintCreate, source: ['blueprint'] },
		{
			displayName: 'Source Blueprint',
			name: 'sourceBlueprintId',
			description:
				'The blueprint to copy. A Type under Additional Fields must be the same as its type.',
		},
	),
	{
		displayName: 'Template ID',
		name: 'templateId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 16',
		displayOptions: { show: { ...showOnlyForBlueprintCreate, source: ['template'] } },
		description: 'The template to use, from the output of Get Templates',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForBlueprintCreate },
		options: [
			looks.color,
			looks.description,
			{
				displayName: 'Enrollment Code',
				name: 'enrollmentCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. 374732',
				description: 'Code that is asked for at enrollment; a random one when this is not set',
				routing: {
					send: { type: 'body', property: 'enrollment_code.code', propertyInDotNotation: false },
				},
			},
			looks.icon,
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: [
					{ name: 'Assignment Map', value: 'map', description: 'With conditional logic' },
					{ name: 'Classic', value: 'classic', description: 'The same items for all its devices' },
				],
				default: 'map',
				description: 'How library items reach the devices of the blueprint',
				routing: { send: { type: 'body', property: 'type' } },
			},
		],
	},
];
