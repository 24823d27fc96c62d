import type { INodeProperties } from 'n8n-workflow';

import { appearanceFields } from './appearanceFields';

export const blueprintUpdateDescription: INodeProperties[] = [
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: { resource: ['blueprint'], operation: ['update'] } },
		options: [
			appearanceFields.description,
			{
				displayName: 'Enrollment Active',
				name: 'enrollmentActive',
				type: 'boolean',
				default: true,
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
				displayName: 'Enrollment Code',
				name: 'enrollmentCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. 374732',
				description: 'Code that users enter to enroll a device',
				routing: {
					send: { type: 'body', property: 'enrollment_code.code', propertyInDotNotation: false },
				},
			},
			appearanceFields.icon,
			appearanceFields.color,
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Engineering Macs',
				description: 'Name of the blueprint, which must be unique',
				routing: { send: { type: 'body', property: 'name' } },
			},
		],
	},
];
