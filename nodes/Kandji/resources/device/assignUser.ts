import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { inputError } from '../../transport/http/errors';
import { listEndpoints, listAll } from '../../transport/lists/listAll';
import { nameKey, searchableText } from '../../transport/routing/matching';
import { preSend } from '../../transport/routing/itemQueue';
import { simplifiedDevice } from './simplified';

const showOnlyForDeviceAssignUser = { resource: ['device'], operation: ['assignUser'] };

/** Finds the user by the exact email. The API's filter means "contains". */
export const userByEmail = preSend(async function (options) {
	const email = String(this.getNodeParameter('userEmail', '') ?? '').trim();
	if (email === '') {
		throw inputError(
			this,
			'User Email is empty',
			'Nothing was sent. Enter an email, or check the expression. To unassign the user, use Device › Update with Clear Fields.',
		);
	}
	const users = await listAll(
		this,
		'/api/v1/users',
		{ email: searchableText(email) || undefined, archived: false },
		listEndpoints.users,
	);
	const found = users.filter((row) => nameKey(row.email) === nameKey(email));
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
