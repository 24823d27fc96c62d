import type { IExecuteSingleFunctions } from 'n8n-workflow';

import { inputError } from '../../transport/http/errors';

/**
 * Names of tags out of a field: a list, or text with commas.
 *
 * @throws NodeOperationError when there is none
 */
export function tagNames(context: IExecuteSingleFunctions, value: unknown): string[] {
	const names = (Array.isArray(value) ? value.map(String) : String(value ?? '').split(','))
		.map((name) => name.trim())
		.filter((name) => name !== '');
	if (names.length === 0) {
		throw inputError(
			context,
			'Tags is empty',
			'Nothing was sent. Enter at least one name, or check the expression; to remove all tags use Update › Clear Fields.',
		);
	}
	return [...new Set(names)];
}
