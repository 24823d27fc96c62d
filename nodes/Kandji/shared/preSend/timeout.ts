import type { ApiContext } from '../../transport/http/context';
import { inputError } from '../../transport/http/errors';

/**
 * The minutes in a Timeout field.
 *
 * @throws NodeOperationError unless it is a number above 0, without which the wait would never end
 */
export function minutesOf(context: ApiContext, value: unknown): number {
	const minutes = Number(value);
	if (minutes > 0) return minutes;
	throw inputError(
		context,
		'Timeout (Minutes) must be more than 0',
		'Nothing was sent. Enter a number, or check the expression.',
	);
}
