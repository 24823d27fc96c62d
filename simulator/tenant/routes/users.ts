import type { Resource } from '../core';
import { flag, text, uuidParam, type Call } from '../http/call';
import { detail, notFound } from '../http/errors';
import { decodeCursor, encodeCursor, link } from '../http/paging';
import { countDevices, type TenantState } from '../state';
import { recordAudit } from '../state/audit';
import type { Device, User } from '../state/types';

const PAGE = 300;

/** Directory users: a cursor list of 300 a page, newest first. */
export const users: Resource = (add, { state }) => {
	add('GET /api/v1/users', (call) => {
		const found = filter(state, call);
		const { start, page } = cut(call, found);
		const last = page.at(-1);
		const more = last !== undefined && start + PAGE < found.length;
		const devices = deviceCounts(state);
		return {
			next: more ? link(call, { cursor: encodeCursor(`p=${last.deprecated_user_id}`) }) : null,
			previous:
				start > 0 && page[0]
					? link(call, { cursor: encodeCursor(`r=1&p=${page[0].deprecated_user_id}`) })
					: null,
			results: page.map((user) => ({ ...user, device_count: devices.get(user.id) ?? 0 })),
		};
	});

	add('GET /api/v1/users/{user_id}', (call) => {
		const user = userOf(state, call);
		return { ...user, device_count: deviceCounts(state).get(user.id) ?? 0 };
	});

	add('DELETE /api/v1/users/{user_id}', (call) => {
		const user = userOf(state, call);
		if (deviceCounts(state).has(user.id)) {
			throw detail(400, 'User still assigned to one or more devices.');
		}
		state.users.delete(user.id);
		recordAudit(state, {
			action: 'delete',
			target_type: 'user',
			target_id: user.id,
			new_state: { email: user.email },
		});
		call.reply.code(204);
	});
};

function userOf(state: TenantState, call: Call): User {
	const user = state.users.get(uuidParam(call, 'user_id'));
	if (!user) throw notFound();
	return user;
}

interface Kept {
	owners: Array<Device['user']>;
	counts: Map<string, number>;
}

const kept = new WeakMap<readonly Device[], Kept>();

// Counting a large fleet for every page is slow; seeing that no device changed hands is not.
function deviceCounts(state: TenantState): Map<string, number> {
	const devices = state.devices.list();
	const known = kept.get(devices);
	if (known && devices.every(({ user }, index) => user === known.owners[index]))
		return known.counts;
	const counts = countDevices(state, ({ user }) => (user ? user.id : ''));
	kept.set(devices, { owners: devices.map(({ user }) => user), counts });
	return counts;
}

function filter(state: TenantState, { query }: Call): User[] {
	const email = text(query, 'email')?.toLowerCase();
	const id = text(query, 'id');
	const integration = text(query, 'integration_id');
	const archived = flag(query, 'archived');
	const all = [...state.users.values()];
	if (email === undefined && !id && !integration && archived === undefined) return all;
	return all.filter(
		(user) =>
			(email === undefined || user.email.toLowerCase().includes(email)) &&
			(id === undefined || user.id === id) &&
			(integration === undefined || user.integration.uuid === integration) &&
			(archived === undefined || user.archived === archived),
	);
}

// The cursor names the last row by its number, so that pages neither shift nor repeat when users come and go.
function cut(call: Call, found: User[]): { start: number; page: User[] } {
	const cursor = text(call.query, 'cursor');
	if (cursor === undefined) return { start: 0, page: found.slice(0, PAGE) };
	const match = /^(r=1&)?p=(\d+)$/.exec(decodeCursor(cursor));
	if (!match) throw detail(404, 'Invalid cursor');
	const position = Number(match[2]);
	const after = firstBelow(found, position);
	if (!match[1]) return { start: after, page: found.slice(after, after + PAGE) };
	const end = firstBelow(found, position + 1);
	const start = Math.max(0, end - PAGE);
	return { start, page: found.slice(start, end) };
}

// Users are listed by falling number.
function firstBelow(users: readonly User[], position: number): number {
	let low = 0;
	let high = users.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (Number(users[middle]!.deprecated_user_id) < position) high = middle;
		else low = middle + 1;
	}
	return low;
}
