import fc from 'fast-check';

import { FairQueue, urgencies, type Urgency } from '../../nodes/Kandji/transport/http/fairQueue';

const always = () => true;

/** The first `count` entries of a queue, as they leave. */
const take = <T>(queue: FairQueue<T>, count: number): T[] =>
	Array.from({ length: count }, () => queue.take(always)!);

describe('the queue of what waits for a tenant', () => {
	it('lets owners take turns, each first in, first out', () => {
		const queue = new FairQueue<string>();
		const [one, other] = [{}, {}];
		for (let index = 0; index < 1000; index++) queue.add('read', one, `one ${index}`);
		for (let index = 0; index < 3; index++) queue.add('read', other, `other ${index}`);
		expect(take(queue, 8)).toEqual([
			'one 0',
			'other 0',
			'one 1',
			'other 1',
			'one 2',
			'other 2',
			'one 3',
			'one 4',
		]);
	});

	it('shares by urgency while all wait, so that none is starved', () => {
		const queue = new FairQueue<Urgency>();
		for (const urgency of urgencies) {
			for (let index = 0; index < 1000; index++) queue.add(urgency, {}, urgency);
		}
		const left = take(queue, 150);
		const counts = urgencies.map((urgency) => left.filter((entry) => entry === urgency).length);
		expect(counts).toEqual([80, 40, 20, 10]);
	});

	it('lets the more urgent go first when all come at once', () => {
		const queue = new FairQueue<Urgency>();
		for (const urgency of [...urgencies].reverse()) queue.add(urgency, {}, urgency);
		expect(take(queue, 4)).toEqual(urgencies);
	});

	it('serves a newcomer at once, and owes it nothing for the time before', () => {
		const queue = new FairQueue<string>();
		for (let index = 0; index < 500; index++) queue.add('page', {}, 'page');
		take(queue, 100);
		for (let index = 0; index < 500; index++) queue.add('read', {}, 'read');
		const left = take(queue, 30);
		expect(left.slice(0, 2)).toContain('read');
		const reads = left.filter((entry) => entry === 'read').length;
		expect(Math.abs(reads - 20)).toBeLessThanOrEqual(1);
	});

	it('passes over what may not leave, and takes out what is no longer wanted', () => {
		const queue = new FairQueue<string>();
		const owner = {};
		expect(queue.isEmpty).toBe(true);
		queue.add('read', owner, 'read');
		queue.add('write', owner, 'write');
		expect(queue.take((urgency) => urgency !== 'write')).toBe('read');
		expect(queue.take((urgency) => urgency !== 'write')).toBeUndefined();
		queue.remove('write', owner, 'write');
		queue.remove('write', owner, 'write');
		queue.remove('page', {}, 'never there');
		expect(queue.isEmpty).toBe(true);
		expect(queue.take(always)).toBeUndefined();
	});

	it('loses nothing and keeps the order of each owner, whatever comes and goes', () => {
		const owners = [{}, {}, {}];
		const step = fc.oneof(
			fc.record({
				urgency: fc.constantFrom(...urgencies),
				owner: fc.nat({ max: 2 }),
			}),
			fc.constantFrom('take' as const, 'drain' as const),
		);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
				const queue = new FairQueue<{ lane: string; number: number }>();
				const left: Array<{ lane: string; number: number }> = [];
				let added = 0;
				for (const next of steps) {
					if (next === 'drain') left.push(...queue.drain());
					else if (next === 'take') left.push(...[queue.take(always)].filter((entry) => !!entry));
					else {
						const lane = `${next.urgency} ${next.owner}`;
						queue.add(next.urgency, owners[next.owner]!, { lane, number: added++ });
					}
				}
				left.push(...queue.drain());
				expect(left).toHaveLength(added);
				for (const { lane } of left) {
					const numbers = left.filter((entry) => entry.lane === lane).map(({ number }) => number);
					expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
				}
			}),
			{ numRuns: 100 },
		);
	});
});
