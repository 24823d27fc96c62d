import type { INodeProperties } from 'n8n-workflow';

import { userLocator } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { assignableUser } from '../../shared/preSend/ids';
import { preSend } from '../../transport/routing/itemQueue';
import { simplifiedDevice, usualDeviceFields } from './simplified';

const showOnlyForDeviceAssignUser = { resource: ['device'], operation: ['assignUser'] };

/** Puts the user into the body. */
export const userToAssign = preSend(async function (options) {
	return {
		...options,
		body: { user: await assignableUser(this, this.getNodeParameter('userId')) },
	};
});

export const deviceAssignUserDescription: INodeProperties[] = [
	userLocator(showOnlyForDeviceAssignUser),
	...simplify(showOnlyForDeviceAssignUser, simplifiedDevice, usualDeviceFields),
];
