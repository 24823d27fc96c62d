import type { Resource } from '../core';
import { count, text, type Call } from '../http/call';
import { detail, fieldError } from '../http/errors';
import { decodeCursor, encodeCursor, link } from '../http/paging';
import type { TenantState } from '../state';
import type { AuditEvent } from '../state/audit';
import { DAY, parseDate } from '../state/dates';

const ORDERS = ['occurred_at', '-occurred_at', 'id', '-id'];

/** The audit log: a cursor list, oldest first by default. */
export const auditEvents: Resource = (add, { state }) => {
	add('GET /api/v1/audit/events', (call) => {
		const limit = Math.min(count(call.query, 'limit', 1) ?? 100, 500);
		const events = select(state, call);
		const start = position(call, events);
		const page = events.slice(start, start + limit);
		const last = page.at(-1);
		const before = Math.max(0, start - limit);
		return {
			results: page,
			previous:
				start > 0
					? link(call, {
							cursor: before > 0 ? encodeCursor(`p=${events[before - 1]!.id}`) : undefined,
						})
					: null,
			next:
				last && start + limit < events.length
					? link(call, { cursor: encodeCursor(`p=${last.id}`) })
					: null,
		};
	});
};

function select(state: TenantState, { query }: Call): AuditEvent[] {
	const order = text(query, 'sort_by') ?? 'occurred_at';
	if (!ORDERS.includes(order)) throw fieldError('sort_by', `"${order}" is not a valid choice.`);
	const from = bound(text(query, 'start_date'), 'start_date', 0);
	// A plain day as the end means all of that day.
	const to = bound(text(query, 'end_date'), 'end_date', DAY - 1);
	const field = order.replace('-', '') as 'occurred_at' | 'id';
	const found = state.auditEvents.filter(({ occurred_at }) => {
		const time = parseDate(occurred_at);
		return (from === undefined || time >= from) && (to === undefined || time <= to);
	});
	found.sort((a, b) => (a[field] === b[field] ? less(a.id, b.id) : less(a[field], b[field])));
	return order.startsWith('-') ? found.reverse() : found;
}

const less = (a: string, b: string) => (a < b ? -1 : 1);

function bound(date: string | undefined, name: string, day: number): number | undefined {
	if (date === undefined) return undefined;
	const time = parseDate(date);
	if (Number.isNaN(time)) throw fieldError(name, 'Enter a valid date/time.');
	return /^\d{4}-\d\d-\d\d$/.test(date) ? time + day : time;
}

// The cursor names the last event, so that new ones do not shift a page.
function position(call: Call, events: AuditEvent[]): number {
	const cursor = text(call.query, 'cursor');
	if (cursor === undefined) return 0;
	const id = /^p=(\w+)$/.exec(decodeCursor(cursor))?.[1];
	const at = events.findIndex((event) => event.id === id);
	if (id === undefined || at === -1) throw detail(404, 'Invalid cursor');
	return at + 1;
}
