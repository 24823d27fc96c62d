import type { IExecuteSingleFunctions } from 'n8n-workflow';

import { entriesOf } from '../../shared/fields/commaList';
import { inputError } from '../../transport/http/errors';

/**
 * The tag names in a field, each once.
 *
 * @throws NodeOperationError when there are none
 */
export function tagNames(context: IExecuteSingleFunctions, value: unknown): string[] {
	const names = entriesOf(value);
	if (names.length === 0) {
		throw inputError(
			context,
			'Tags is empty',
			'Nothing was sent. Enter at least one tag name, or check the expression. To remove all tags, use Device › Update with Clear Fields.',
		);
	}
	return [...new Set(names)];
}
