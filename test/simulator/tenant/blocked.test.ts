import { setTimeout as sleep } from 'node:timers/promises';

import { BlockedWatch } from '../../../simulator/tenant/blocked';
import { mostInASecond } from '../../../simulator/tenant/counters';

describe('arrivals at a tenant whose process was busy', () => {
	const keepBusy = (ms: number) => {
		const until = performance.now() + ms;
		while (performance.now() < until);
	};

	it('may have waited since it was busy, until it has taken what waited', async () => {
		const watch = new BlockedWatch();
		await sleep(50);
		keepBusy(200);
		expect(watch.waitedMs()).toBeGreaterThan(180);
		await sleep(20);
		expect(watch.waitedMs()).toBeGreaterThan(200);
		watch.stop();
	});

	it('count as within a second only when that is certain', () => {
		expect(mostInASecond([0, 500, 1100])).toBe(2);
		expect(mostInASecond([100, 500, 1050], [0, 500, 1050])).toBe(2);
		expect(mostInASecond([100, 500, 1050])).toBe(3);
	});
});
