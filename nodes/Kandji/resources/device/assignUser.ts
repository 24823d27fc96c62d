import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { inputError } from '../../transport/http/errors';
import { preSend } from '../../transport/routing/itemQueue';
import { lookups, recordsCalled } from '../../transport/routing/lookups';
import { simplifiedDevice } from './simplified';

const showOnlyForDeviceAssignUser = { resource: ['device'], operation: ['assignUser'] };

/** Finds the user by the exact email. The API's filter means "contains". */
export const userByEmail = preSend(async function (options) {
	const email = String(this.getNodeParameter('userEmail')).trim();
	const found = await recordsCalled(this, lookups.user.email, email, { archived: false });
	if (found.length > 1) {
		throw inputError(
			this,
			`${found.length} users have the email "${email.slice(0, 80)}"`,
			`Nothing was sent. Use Device › Update with User to assign one of these IDs: ${found.map(({ id }) => String(id)).join(', ')}.`,
		);
	}
	const [user] = found;
	if (user === undefined) {
		throw inputError(
			this,
			`No user has the email "${email.slice(0, 80)}"`,
			'Nothing was sent. Users are synced from the directory connected to Kandji. Archived users cannot be assigned.',
		);
	}
	return { ...options, body: { user: user.id } };
});

export const deviceAssignUserDescription: INodeProperties[] = [
	{
		displayName: 'User Email',
		name: 'userEmail',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ana@acme.example',
		displayOptions: { show: showOnlyForDeviceAssignUser },
		description: 'Exact match, not case-sensitive',
	},
	simplify(showOnlyForDeviceAssignUser, simplifiedDevice),
];
