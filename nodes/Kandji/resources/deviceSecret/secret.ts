import type { IDataObject } from 'n8n-workflow';

import { orNull } from '../../shared/fields/pick';
import { asAbsence } from '../../transport/http/absence';
import type { ErrorText } from '../../transport/http/errors';
import { nodeError } from '../../transport/http/errors';
import type { PaginationFunction } from '../../transport/routing/itemQueue';
import { inItemOrder } from '../../transport/routing/itemQueue';
import { idsOf, receive, sendRouted, targetOf } from '../../transport/routing/singleRequest';

/** A PIN is null while the command that locks the Mac is pending. */
const isToCome = (secret: IDataObject): boolean => secret.pin === null;

/**
 * Makes the `pagination` function of an operation that reads a device's secret, since the API answers 404 without one. It adds
 * the device's ID, because the API returns only the secret.
 *
 * @param absence what is said of a device without the secret, such as `has no escrowed FileVault key`
 * @param hint which devices have one
 */
export const secret = (absence: string, hint: string): PaginationFunction =>
	inItemOrder(async function (requestData) {
		const absent = ({ device_id: id }: IDataObject): ErrorText => ({
			message: `The device ${String(id)} ${absence}`,
			hint: `${hint} If the ID is wrong, the answer is the same.`,
		});
		const target = await targetOf(this, requestData);
		const response = await sendRouted(this, requestData, target, {}, { notFound: absent });
		const body = response.body as IDataObject;
		if (Object.values(body).every((value) => orNull(value) === null) && !isToCome(body)) {
			const { message, hint: description } = absent(target.ids);
			throw asAbsence(nodeError(this, { message, description }));
		}
		return await receive(this, requestData, response, [{ json: { ...idsOf(response), ...body } }]);
	});
