import fc from 'fast-check';

import type { FaultRule } from '../../simulator/tenant';
import { useFastClock } from '../fastClock';
import { addProbe, probedLists, type ProbedList } from './probe';
import { jsons, withTenant } from './support';

/** What may happen to the requests of one run; none of it may change a result without an error. */
const faults: fc.Arbitrary<FaultRule> = fc
	.record({
		fault: fc.constantFrom<FaultRule>(
			{ kind: 'rateLimit', seconds: 0 },
			{ kind: 'status', status: 503 },
			{ kind: 'status', status: 500 },
			{ kind: 'status', status: 403 },
			{ kind: 'resetBefore' },
			{ kind: 'resetAfter' },
			{ kind: 'truncate' },
			{ kind: 'cut' },
			{ kind: 'empty' },
			{ kind: 'errorBody' },
			{ kind: 'contentType' },
			{ kind: 'repeat' },
			{ kind: 'tokenRevoked' },
			{ kind: 'latency', ms: 0, jitterMs: 20 },
			{ kind: 'churn', insert: 1, remove: 0 },
			{ kind: 'churn', insert: 0, remove: 1 },
			{ kind: 'churn', insert: 1, remove: 1 },
			{ kind: 'churn', insert: 5, remove: 2 },
		),
		after: fc.nat(6),
		times: fc.integer({ min: 1, max: 3 }),
	})
	.map(({ fault, ...rest }) => ({ ...fault, ...rest }));

const lists = ['byOffset', 'byOffsetOrCursor', 'byCursor', 'byPage', 'bySizedPage'] as const;

const scenario = fc.record({
	list: fc.constantFrom<(typeof lists)[number]>(...lists),
	total: fc.oneof(
		fc.constantFrom(0, 1, 49, 50, 51, 299, 300, 301, 599, 600, 601, 900),
		fc.nat(1500),
	),
	limit: fc.option(
		fc.oneof(fc.constantFrom(1, 50, 299, 300, 301, 600), fc.integer({ min: 1, max: 1600 })),
		{
			nil: undefined,
		},
	),
	faults: fc.array(faults, { maxLength: 3 }),
	seed: fc.integer({ min: 1, max: 1000 }),
});

describe('lists under random faults', () => {
	useFastClock();
	beforeAll(addProbe);

	it('a list is complete, or the run fails', async () => {
		let errors = 0;
		await fc.assert(
			fc.asyncProperty(scenario, async ({ list, total, limit, faults: rules, seed }) => {
				const options = {
					seed,
					rateLimit: false as const,
					devices: list === 'byOffset' || list === 'byOffsetOrCursor' ? total : 20,
					users: list === 'byCursor' ? total : 20,
					sizes: {
						customProfiles: list === 'byPage' ? total : 1,
						vulnerabilities: list === 'bySizedPage' ? Math.min(total, 400) : 1,
						auditEvents: 0,
					},
				};
				await withTenant(options, async ({ tenant, run }) => {
					const { state } = tenant;
					const truth = (): string[] => {
						switch (list as ProbedList) {
							case 'byOffset':
								return [...state.devices.keys()];
							case 'byOffsetOrCursor':
								return [...state.devices.values()]
									.filter(({ platform }) => platform !== 'Windows' && platform !== 'Android')
									.map(({ device_id }) => device_id);
							case 'byCursor':
								return [...state.users.keys()];
							case 'byPage':
								return [...state.library.customProfiles.keys()];
							default:
								return [...state.vulnerabilities.keys()];
						}
					};
					const before = truth();
					// A device may be added and removed again while the list is read.
					const enrolled = jest.spyOn(state.devices, 'set');
					for (const rule of rules) tenant.faults.add(rule);
					const amount = limit === undefined ? { returnAll: true } : { limit };
					const { status, items } = await run({ resource: 'probe', operation: list, ...amount });
					if (status === 'error') {
						errors++;
						expect(items).toEqual([]);
						// No error without a fault.
						expect(rules.length).toBeGreaterThan(0);
						return;
					}
					const after = new Set(truth());
					const added = enrolled.mock.calls.map(([id]) => id);
					const ever = new Set([...before, ...added]);
					const got = jsons(items).map((row) => String(row[probedLists[list].key]));
					expect(new Set(got).size).toBe(got.length);
					expect(got.filter((id) => !ever.has(id))).toEqual([]);
					const throughout = before.filter((id) => after.has(id));
					if (limit === undefined) {
						const received = new Set(got);
						expect(throughout.filter((id) => !received.has(id))).toEqual([]);
					} else {
						expect(got.length).toBeLessThanOrEqual(limit);
						expect(got.length).toBeGreaterThanOrEqual(Math.min(limit, throughout.length));
					}
				});
			}),
			{ numRuns: Number(process.env.PROPERTY_RUNS ?? 60) },
		);
		// Both outcomes were seen.
		expect(errors).toBeGreaterThan(0);
	}, 600_000);
});
