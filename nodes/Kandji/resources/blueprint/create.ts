import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { blueprintLocator } from '../../shared/fields/locators';
import { emptyFieldError } from '../../shared/preSend/requiredFields';
import { inputError } from '../../transport/http/errors';
import { idOf } from '../../transport/routing/ids';
import { preSend } from '../../transport/routing/itemQueue';
import { appearanceFields } from './appearanceFields';

const showOnlyForBlueprintCreate = { resource: ['blueprint'], operation: ['create'] };

/** Adds the template or blueprint to copy from to the body. */
export const sendSource = preSend(async function (options) {
	const type = this.getNodeParameter('createFrom', 'scratch');
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
				'Nothing was sent. Use Blueprint › Get Templates to find the ID.',
			);
		}
		body['source.id'] = id;
	}
	if (type !== 'scratch') body['source.type'] = type;
	return { ...options, body };
});

const required = {
	name: 'Name',
	'enrollment_code.is_active': 'Enrollment Active',
	type: 'Type',
	color: 'Icon Tint',
	icon: 'Icon',
	'enrollment_code.code': 'Enrollment Code',
};

/** Refuses fields that an expression left empty. Only the description may be empty. */
export const checkNew = preSend(async function (options) {
	const body = options.body as IDataObject;
	for (const [key, displayName] of Object.entries(required)) {
		if ((key === 'name' || key in body) && String(body[key] ?? '').trim() === '') {
			throw emptyFieldError(this, displayName);
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
		description: 'Name of the blueprint, which must be unique',
		routing: { send: { type: 'body', property: 'name' } },
	},
	{
		displayName: 'Enrollment Active',
		name: 'enrollmentActive',
		type: 'boolean',
		default: true,
		displayOptions: { show: showOnlyForBlueprintCreate },
		description: 'Whether devices can enroll manually with the enrollment code',
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
		name: 'createFrom',
		type: 'options',
		options: [
			{ name: 'Blueprint', value: 'blueprint', description: 'Copy an existing blueprint' },
			{ name: 'Scratch', value: 'scratch', description: 'Start without library items' },
			{ name: 'Template', value: 'template', description: "Use one of Kandji's templates" },
		],
		default: 'scratch',
		displayOptions: { show: showOnlyForBlueprintCreate },
		description: 'What to base the blueprint on',
	},
	blueprintLocator(
		{ ...showOnlyForBlueprintCreate, createFrom: ['blueprint'] },
		{
			displayName: 'Source Blueprint',
			name: 'sourceBlueprintId',
			description:
				'Blueprint to copy. If you set Type under Additional Fields, it must match the type of this blueprint.',
		},
	),
	{
		displayName: 'Template ID',
		name: 'templateId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 16',
		displayOptions: { show: { ...showOnlyForBlueprintCreate, createFrom: ['template'] } },
		description: 'ID of the template, as returned by Get Templates',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForBlueprintCreate },
		options: [
			appearanceFields.description,
			{
				displayName: 'Enrollment Code',
				name: 'enrollmentCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. 374732',
				description: 'Code that users enter to enroll a device. If not set, Kandji generates one.',
				routing: {
					send: { type: 'body', property: 'enrollment_code.code', propertyInDotNotation: false },
				},
			},
			appearanceFields.icon,
			appearanceFields.color,
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: [
					{ name: 'Assignment Map', value: 'map', description: 'Uses conditional logic' },
					{ name: 'Classic', value: 'classic', description: 'Assigns all items to all devices' },
				],
				default: 'map',
				description: 'How library items are assigned to devices',
				routing: { send: { type: 'body', property: 'type' } },
			},
		],
	},
];
