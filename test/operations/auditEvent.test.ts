import type { INodeParameters } from 'n8n-workflow';

import type { AuditEvent } from '../../simulator/tenant/state/audit';
import { onTenant } from './onTenant';

describe('Audit Event › Get Many, filters that the API does not have', () => {
	// More than one page.
	const kandji = onTenant('auditEvent', { rateLimit: false, sizes: { auditEvents: 1_200 } });
	const found = async (filters: INodeParameters, more: INodeParameters = { returnAll: true }) =>
		(await kandji.json('getAll', { filters, ...more })).map(({ id }) => String(id));
	const events = () => kandji.tenant.state.auditEvents;
	const valuesOf = (field: keyof AuditEvent) => [
		...new Set(events().map((event) => String(event[field] ?? ''))),
	];

	it.each<[string, keyof AuditEvent]>([
		['action', 'action'],
		['actorId', 'actor_id'],
		['actorType', 'actor_type'],
		['targetId', 'target_id'],
		['targetType', 'target_type'],
	])('%s keeps the events with one of its values', async (filter, field) => {
		const [first = '', second = first] = valuesOf(field).filter((value) => value !== '');
		for (const wanted of [[first], [first, second]]) {
			const expected = events()
				.filter((event) => wanted.includes(String(event[field])))
				.map(({ id }) => id);
			expect(expected.length).toBeGreaterThan(0);
			for (const value of filter === 'targetType' ? [wanted] : [wanted, wanted.join(', ')]) {
				expect((await found({ [filter]: value })).sort()).toEqual([...expected].sort());
			}
		}
	});

	it('all must match, in any case, and Limit counts the events that pass', async () => {
		const [event] = events();
		const { action, target_type: targetType } = event!;
		const expected = events()
			.filter((other) => other.action === action && other.target_type === targetType)
			.map(({ id }) => id);
		const filters = { action: action.toUpperCase(), targetType: [targetType] };
		expect((await found(filters)).sort()).toEqual([...expected].sort());
		const few = await found(filters, { limit: 2 });
		expect(few).toHaveLength(Math.min(2, expected.length));
		expect(expected).toEqual(expect.arrayContaining(few));
		expect(await found({ ...filters, action: 'never' })).toEqual([]);
	});

	it('an empty one is refused before any request', async () => {
		const { error } = await kandji.run('getAll', { filters: { action: ' , ' } });
		expect(error?.message).toContain('Actions');
		expect(kandji.tenant.counters.total.received).toBe(0);
	});
});
