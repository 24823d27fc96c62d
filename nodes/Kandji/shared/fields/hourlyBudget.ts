import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { OperationsByResource, SharedOption } from './sharedOptions';
import { isFieldOf } from './sharedOptions';

const throwError: INodePropertyOptions = {
	name: 'Throw Error',
	value: 'throwError',
	description: 'Fail before the first request that there is no room for',
};

const returnRead: INodePropertyOptions = {
	name: 'Return What Was Read',
	value: 'returnRead',
	description: "Return the records read so far, each with a text as 'incomplete'",
};

const waitForRenewal: INodePropertyOptions = {
	name: 'Wait for Renewal',
	value: 'wait',
	description: 'Go on once the quota renews, at the latest in an hour',
};

const whenBudgetShort = (options: INodePropertyOptions[]): INodeProperties => ({
	displayName: 'When the Budget Is Short',
	name: 'whenBudgetShort',
	type: 'options',
	options,
	default: 'throwError',
	description: "What to do if the tenant's hourly quota of requests doesn't suffice",
});

/** The operations that send nothing but reads, by their resource. */
const readsOf = (operations: INodeProperties[]): OperationsByResource =>
	Object.fromEntries(
		operations.map(({ displayOptions, options = [] }): [string, string[]] => [
			String(displayOptions?.show?.resource?.[0]),
			(options as INodePropertyOptions[])
				.filter(({ routing }) => routing?.request?.method === 'GET')
				.map(({ value }) => String(value)),
		]),
	);

/**
 * When the Budget Is Short, for every operation that reads. One that returns a list can also return a part of it.
 *
 * @param operations the operation fields of all resources
 * @param fields the fields of all resources
 */
export function budgetRules(
	operations: INodeProperties[],
	fields: INodeProperties[],
): SharedOption[] {
	const isList = (resource: string, operation: string): boolean =>
		fields.some((field) => isFieldOf(field, 'returnAll', resource, operation));
	const reads = Object.entries(readsOf(operations));
	const pick = (lists: boolean): OperationsByResource =>
		Object.fromEntries(
			reads.map(([resource, names]) => [
				resource,
				names.filter((name) => isList(resource, name) === lists),
			]),
		);
	return [
		{
			option: whenBudgetShort([returnRead, throwError, waitForRenewal]),
			operations: pick(true),
		},
		{ option: whenBudgetShort([throwError, waitForRenewal]), operations: pick(false) },
	];
}
