import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { emptyFieldError, nothingToUpdateError } from '../../shared/preSend/requiredFields';
import { preSend } from '../../transport/routing/itemQueue';

const updates = [
	{ parameter: 'enrollmentCode', key: 'code', displayName: 'Enrollment Code' },
	{ parameter: 'enrollmentActive', key: 'is_active', displayName: 'Enrollment Active' },
];

/** Builds the body. Refuses an update without any field, and a field that an expression left empty. */
export const buildRouting = preSend(async function (options) {
	const fields = this.getNodeParameter('updateFields', {}) as IDataObject;
	const enrollmentCode: IDataObject = {};
	for (const { parameter, key, displayName } of updates) {
		if (!(parameter in fields)) continue;
		const value = fields[parameter] ?? '';
		enrollmentCode[key] = typeof value === 'boolean' ? value : String(value).trim();
		if (enrollmentCode[key] === '') throw emptyFieldError(this, displayName);
	}
	if (Object.keys(enrollmentCode).length === 0) throw nothingToUpdateError(this);
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
				name: 'enrollmentActive',
				type: 'boolean',
				default: true,
				description: 'Whether devices can enroll manually with the enrollment code',
			},
			{
				displayName: 'Enrollment Code',
				name: 'enrollmentCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. 374732',
				description: 'Code that users enter to enroll a device',
			},
		],
	},
];
