import type { IExecuteSingleFunctions, NodeApiError } from 'n8n-workflow';

import { nodeError } from './errors';

export interface FailedOutcome {
	message: string;
	hint: string;
	/** HTTP status, where a response was the failure. */
	status?: number;
}

/** The error of work that Kandji or its storage accepted, and that failed later. */
export const outcomeError = (
	context: IExecuteSingleFunctions,
	{ message, hint, status }: FailedOutcome,
): NodeApiError =>
	nodeError(
		context,
		{ message, description: hint },
		status === undefined ? {} : { httpCode: String(status) },
	);
