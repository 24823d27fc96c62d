import type { ApiContext } from '../../transport/http/context';
import { inputError } from '../../transport/http/errors';

/**
 * The number of minutes in a Timeout field.
 *
 * @throws NodeOperationError when it is no number above 0, with which a wait would never end
 */
export function minutesOf(context: ApiContext, value: unknown): number {
	const minutes = Number(value);
	if (minutes > 0) return minutes;
	throw inputError(
		context,
		'Timeout (Minutes) must be more than 0',
		'Nothing was sent. Enter a number, or check the expression in the field.',
	);
}
