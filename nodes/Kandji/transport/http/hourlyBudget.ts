import type { NodeApiError } from 'n8n-workflow';

import { budgetRuleOf } from './budgetRule';
import type { ApiContext } from './context';
import { nodeError } from './errors';
import { rateLimiterFor } from './rateLimiter';
import { baseUrlOf } from './request';

/** Requests of the hour that the tenant has left; undefined when no answer has said so lately. */
export const leftThisHour = async (context: ApiContext): Promise<number | undefined> =>
	rateLimiterFor(await baseUrlOf(context)).leftThisHour;

/**
 * The error of an item whose run needs more requests than the hour has left.
 *
 * @param needed at least so many
 */
export const shortageError = (context: ApiContext, left: number, needed: number): NodeApiError =>
	nodeError(
		context,
		{
			message: `The tenant’s hourly quota has ${left} requests left, but this run needs at least ${needed} more`,
			description:
				'No further request was sent. All tokens of a tenant share 10,000 requests per hour. Run it in the next hour or with less to read, or choose another answer under Options › When the Budget Is Short.',
		},
		{ failure: { cause: 'rate-limited' } },
	);

/**
 * Refuses to read the rest of a list that needs more pages than the hour has left, unless the item is to wait or to
 * return a part.
 *
 * @param rows how many rows are still to be read
 * @throws NodeApiError that names both numbers
 */
export async function checkPagesLeft(
	context: ApiContext,
	rows: number,
	pageSize: number,
): Promise<void> {
	const needed = Math.ceil(rows / pageSize);
	if (needed <= 0 || !Number.isFinite(needed)) return;
	const left = await leftThisHour(context);
	// With none left, the answer to the next page says when there will be more.
	const isEnough = left === undefined || left === 0 || needed <= left;
	if (isEnough || budgetRuleOf(context) !== 'throwError') return;
	throw shortageError(context, left, needed);
}
