import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { inputError } from '../../transport/http/errors';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';

/** A date in a collection, and where it goes in the query. */
interface DateField {
	parameter: string;
	key: string;
	displayName: string;
}

const day = /^\d{4}-\d\d-\d\d$/;
const dateTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/;

/** What an expression gives as a date: a text, or a Date, which may be another realm's. */
function asText(value: unknown): string {
	const { toJSON } = Object(value) as { toJSON?: () => unknown };
	return String((toJSON ? toJSON.call(value) : value) ?? '').trim();
}

/** A date in UTC, as the API takes it; undefined when it is none. */
function asUtc(context: IExecuteSingleFunctions, value: unknown): string | undefined {
	const text = asText(value);
	if (day.test(text)) return text;
	if (!dateTime.test(text)) return undefined;
	// n8n's own Luxon, which knows the workflow's time zone.
	const date = JSON.stringify(text.replace(' ', 'T'));
	const utc = context.evaluateExpression(
		`{{ DateTime.fromISO(${date}).toUTC().toISO() }}`,
		context.getItemIndex(),
	);
	return typeof utc === 'string' ? utc : undefined;
}

/**
 * Makes a pre-send that puts the dates of a collection into the query, in UTC. A text without a zone, as the
 * editor stores it, is in the workflow's time zone; a plain day stays one, for the API to take as a whole.
 */
export const datesFrom = (collection: string, fields: DateField[]): PreSend =>
	preSend(async function (options) {
		const values = this.getNodeParameter(collection, {}) as IDataObject;
		const qs: IDataObject = { ...options.qs };
		for (const { parameter, key, displayName } of fields) {
			if (!(parameter in values)) continue;
			const date = asUtc(this, values[parameter]);
			if (date === undefined) {
				const text = asText(values[parameter]);
				throw inputError(
					this,
					text === ''
						? `The filter ${displayName} is empty`
						: `The filter ${displayName} is not a date: "${text.slice(0, 80)}"`,
					'Nothing was sent. Enter a date such as 2026-07-23 or 2026-07-23T14:11:37Z, or check the expression in the field.',
				);
			}
			qs[key] = date;
		}
		return { ...options, qs };
	});
