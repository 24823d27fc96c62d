import type { INodeProperties } from 'n8n-workflow';

import { looks } from './appearanceFields';

export const blueprintUpdateDescription: INodeProperties[] = [
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: { resource: ['blueprint'], operation: ['update'] } },
		options: [
			looks.color,
			looks.description,
			{
				displayName: 'Enrollment Active',
				name: 'enrollmentActive',
				type: 'boolean',
				default: true,
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
				displayName: 'Enrollment Code',
				name: 'enrollmentCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. 374732',
				description: 'The new code that is asked for at enrollment',
				routing: {
					send: { type: 'body', property: 'enrollment_code.code', propertyInDotNotation: false },
				},
			},
			looks.icon,
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Engineering Macs',
				description: 'The new name, which no other blueprint may have',
				routing: { send: { type: 'body', property: 'name' } },
			},
		],
	},
];
