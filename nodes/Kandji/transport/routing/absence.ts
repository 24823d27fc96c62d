import type { IDataObject, IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';

import { isAbsence } from '../http/absence';

/** Whether the absence of a record is an answer to the item rather than its failure, by If None Found. */
const isAnswer = (context: IExecuteSingleFunctions): boolean =>
	context.getNodeParameter('ifNoneFound', 'throwError') !== 'throwError';

/** Whether an error is an answer to the item: there is no such record, and If None Found takes that as one. */
export const answersWithNone = (context: IExecuteSingleFunctions, error: Error): boolean =>
	isAbsence(error) && isAnswer(context);

/**
 * What an item returns whose record does not exist.
 *
 * @param words what its fields call the record
 */
export const itemsForNone = (
	context: IExecuteSingleFunctions,
	words: IDataObject,
): INodeExecutionData[] =>
	context.getNodeParameter('ifNoneFound') === 'returnItem'
		? [{ json: { found: false, ...words } }]
		: [];
