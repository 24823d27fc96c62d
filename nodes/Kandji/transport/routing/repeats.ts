import type { IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { isTool } from '../http/context';
import { isIrreversible } from '../http/destructive';
import { inputError } from '../http/errors';
import { reachFirstInExecution } from './executions';
import { locatorOf, namesIn } from './ids';
import type { PreSend } from './itemQueue';
import { numberOfItems, preSend, reachFirst, repeatedItems } from './itemQueue';
import { nameKey, serialKey } from './matching';

/** What an item reaches, from the values of its parameters; undefined when it does nothing irreversible. */
type KeyOf = (read: (name: string) => unknown) => string | undefined;

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The record that a parameter names, in a form that is the same for every way to write it in one mode. */
function recordKey(value: unknown): string {
	const { mode, value: text } = locatorOf(value);
	if (mode === 'serial') return serialKey(text);
	return nameKey(mode === 'url' ? (uuid.exec(text)?.[0] ?? text) : text);
}

/** The value of a parameter for any item. Other items are not checked yet, so it is read as n8n reads it. */
export function valueFor(context: IExecuteSingleFunctions, name: string, item: number): unknown {
	const evaluate = (raw: unknown): unknown =>
		typeof raw === 'string' && raw.startsWith('=')
			? context.evaluateExpression(raw.slice(1), item)
			: raw;
	const value = evaluate(context.getNode().parameters[name]);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]: [string, unknown]) => [key, evaluate(inner)]),
	);
}

function findRepeats(context: IExecuteSingleFunctions, keyOf: KeyOf): number[][] {
	const items = new Map<string, number[]>();
	for (let item = 0; item < numberOfItems(context); item++) {
		try {
			const key = keyOf((name) => valueFor(context, name, item));
			if (key !== undefined) items.set(key, [...(items.get(key) ?? []), item]);
		} catch {
			// An expression that fails for another item is that item's own error, in its turn.
			continue;
		}
	}
	return [...items.values()].filter(({ length }) => length > 1);
}

const refuse = (context: IExecuteSingleFunctions, items: number[], sent: string): never => {
	throw inputError(
		context,
		`Items ${items.slice(0, -1).join(', ')} and ${items.at(-1)} name the same record`,
		`${sent} This can't be undone, so each record may come only once. Remove the duplicates, for example with the Remove Duplicates node.`,
	);
};

/**
 * Refuses a run in which two items name the same record, before its first request. With On Error set to continue, only
 * those items are refused.
 *
 * @throws NodeApiError naming the items
 */
export function checkRepeats(context: IExecuteSingleFunctions, keyOf: KeyOf): void {
	if (numberOfItems(context) < 2) return;
	const groups = repeatedItems(context, () => findRepeats(context, keyOf));
	const group = context.continueOnFail()
		? groups.find((items) => items.includes(context.getItemIndex()))
		: groups[0];
	if (group !== undefined) refuse(context, group, 'Nothing was sent.');
}

/**
 * The record that an operation's request reaches, by the parameters that its path names.
 *
 * @param also other parameters that tell what is done to the record
 */
export const recordIn =
	({ url = '' }: Partial<IHttpRequestOptions>, also: string[] = []): KeyOf =>
	(read) => {
		const keys = namesIn(url).map((name) => recordKey(read(name)));
		return keys.includes('') ? undefined : JSON.stringify([keys, ...also.map(read)]);
	};

/** Makes a pre-send of an irreversible operation that refuses the same record in two items, as {@link checkRepeats}. */
export const refuseRepeats = (...also: string[]): PreSend =>
	preSend(async function (options) {
		checkRepeats(this, recordIn(options, also));
		return options;
	});

/**
 * Refuses an irreversible request that an earlier item of the run has sent, or an earlier call of a tool in the
 * execution, however the two name the record.
 *
 * @throws NodeApiError naming the items
 */
export function checkReached(
	context: IExecuteSingleFunctions,
	{ method, body }: Partial<IHttpRequestOptions>,
	url: string,
): void {
	if (!isIrreversible({ method, url })) return;
	const what = (url.endsWith('/deleteuser') ? JSON.stringify([url, body]) : url).toLowerCase();
	const earlier = reachFirst(context, what);
	if (earlier !== undefined) {
		refuse(context, [earlier, context.getItemIndex()], 'The later one was not sent.');
	}
	if (isTool(context) && !reachFirstInExecution(context, what)) {
		throw inputError(
			context,
			'The same request was sent before in this execution',
			"It can't be undone, so it was not sent again. Check the record in Kandji.",
		);
	}
}
