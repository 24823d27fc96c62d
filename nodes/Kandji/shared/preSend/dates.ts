import type { IDataObject, IExecuteSingleFunctions, NodeApiError } from 'n8n-workflow';

import { inputError } from '../../transport/http/errors';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';

/** A date in a collection, and where it goes in the query. */
interface DateField {
	parameter: string;
	key: string;
	displayName: string;
	/** True where the API takes a day without a time. */
	isDay?: boolean;
}

const day = /^\d{4}-\d\d-\d\d$/;
const dateTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/;

/** An expression's date as text. A Date object may come from another realm, so it is not recognised by its class. */
function asText(value: unknown): string {
	const { toJSON } = Object(value) as { toJSON?: () => unknown };
	return String((toJSON ? toJSON.call(value) : value) ?? '').trim();
}

/** Milliseconds since 1970; undefined for text that is not a date. A day begins in the workflow's time zone. */
function momentOf(context: IExecuteSingleFunctions, text: string): number | undefined {
	if (!day.test(text) && !dateTime.test(text)) return undefined;
	// n8n's own Luxon knows the workflow's time zone.
	const date = JSON.stringify(text.replace(' ', 'T'));
	const moment = context.evaluateExpression(
		`{{ DateTime.fromISO(${date}).toMillis() }}`,
		context.getItemIndex(),
	);
	return typeof moment === 'number' && Number.isFinite(moment) ? moment : undefined;
}

/** A date in UTC, as the API takes it; undefined for text that is not a date. */
function asUtc(context: IExecuteSingleFunctions, text: string): string | undefined {
	const moment = momentOf(context, text);
	if (moment === undefined || day.test(text)) return moment === undefined ? undefined : text;
	return new Date(moment).toISOString();
}

const dateError = (
	context: IExecuteSingleFunctions,
	displayName: string,
	text: string,
	example: string,
): NodeApiError =>
	inputError(
		context,
		`The filter ${displayName} is not a date: "${text.slice(0, 80)}"`,
		`Nothing was sent. Enter a date such as ${example}, or check the expression in the field.`,
	);

const dayExample = '2026-07-23';
const timeExample = `${dayExample} or 2026-07-23T14:11:37Z`;

/**
 * The value of a filter by date, in milliseconds since 1970. A date without a zone, as the editor stores it, is in the
 * workflow's time zone, and one without a time is the beginning of that day.
 *
 * @throws NodeOperationError naming the filter when it is not a date
 */
export function dateOf(
	context: IExecuteSingleFunctions,
	displayName: string,
	value: unknown,
): number {
	const text = asText(value);
	const moment = momentOf(context, text);
	if (moment === undefined) throw dateError(context, displayName, text, timeExample);
	return moment;
}

const asDay = (text: string): string | undefined => /^\d{4}-\d\d-\d\d/.exec(text)?.[0];

/**
 * Makes a pre-send that adds the dates of a collection to the query, in UTC. A date without a zone, as the
 * editor stores it, is in the workflow's time zone. A day without a time stays one; the API includes all of it.
 */
export const datesFrom = (collection: string, fields: DateField[]): PreSend =>
	preSend(async function (options) {
		const values = this.getNodeParameter(collection, {}) as IDataObject;
		const qs: IDataObject = { ...options.qs };
		for (const { parameter, key, displayName, isDay } of fields) {
			if (!(parameter in values)) continue;
			const text = asText(values[parameter]);
			const date = isDay ? asDay(text) : asUtc(this, text);
			if (date === undefined) {
				throw dateError(this, displayName, text, isDay ? dayExample : timeExample);
			}
			qs[key] = date;
		}
		return { ...options, qs };
	});
