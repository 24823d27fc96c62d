import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { inputError } from '../../transport/http/errors';
import { preSend } from '../../transport/routing/itemQueue';

const updates = [
	{ parameter: 'code', key: 'code', displayName: 'Enrollment Code' },
	{ parameter: 'isActive', key: 'is_active', displayName: 'Enrollment Active' },
];

/** Builds the body; refuses an update of nothing and a field that an expression left empty. */
export const buildRouting = preSend(async function (options) {
	const fields = this.getNodeParameter('updateFields', {}) as IDataObject;
	const enrollmentCode: IDataObject = {};
	for (const { parameter, key, displayName } of updates) {
		if (!(parameter in fields)) continue;
		const value = fields[parameter] ?? '';
		enrollmentCode[key] = typeof value === 'boolean' ? value : String(value).trim();
		if (enrollmentCode[key] === '') {
			throw inputError(
				this,
				`${displayName} is empty`,
				'Nothing was sent. Enter a value, or check the expression in the field.',
			);
		}
	}
	if (Object.keys(enrollmentCode).length === 0) {
		throw inputError(
			this,
			'There is nothing to update',
			'Nothing was sent. Add a field under Update Fields.',
		);
	}
	return { ...options, body: { enrollment_code: enrollmentCode } };
});

export const blueprintRoutingUpdateDescription: INodeProperties[] = [
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: { resource: ['blueprintRouting'], operation: ['update'] } },
		options: [
			{
				displayName: 'Enrollment Active',
				name: 'isActive',
				type: 'boolean',
				default: true,
				description: 'Whether devices can enroll by hand with the code',
			},
			{
				displayName: 'Enrollment Code',
				name: 'code',
				type: 'string',
				default: '',
				placeholder: 'e.g. 374732',
				description: 'The new code that is asked for at enrollment',
			},
		],
	},
];
