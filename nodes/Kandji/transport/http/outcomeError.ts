import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

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
	new NodeApiError(
		context.getNode(),
		{ message },
		{
			message,
			description: hint,
			itemIndex: context.getItemIndex(),
			...(status !== undefined && { httpCode: String(status) }),
		},
	);
