import type { IDataObject } from 'n8n-workflow';

import type { ApiContext } from './context';

/** What an item does when the hourly quota of requests does not suffice. Pickers and polls fail. */
export type BudgetRule = 'returnRead' | 'throwError' | 'wait';

/** The rule under Options of the context's item. */
export function budgetRuleOf(context: ApiContext): BudgetRule {
	if (!('getItemIndex' in context)) return 'throwError';
	const { whenBudgetShort = 'throwError' } = context.getNodeParameter('options', {}) as IDataObject;
	return whenBudgetShort as BudgetRule;
}

/** Errors that say that the hourly quota is exhausted. An entry lives as long as its error. */
const exhaustions = new WeakSet<object>();

/** Marks an error as one that says that the hourly quota is exhausted. */
export function asExhaustion<T extends Error>(error: T): T {
	exhaustions.add(error);
	return error;
}

/** Whether an error says that the hourly quota is exhausted. */
export const isExhaustion = (error: unknown): boolean => exhaustions.has(error as object);
