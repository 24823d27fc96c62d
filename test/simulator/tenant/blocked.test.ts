import { setTimeout as sleep } from 'node:timers/promises';

import { BlockedWatch } from '../../../simulator/tenant/blocked';
import { mostInASecond } from '../../../simulator/tenant/counters';

describe('arrivals at a tenant whose process was busy', () => {
	it('may have waited as long as it was blocked, and only those', async () => {
		const watch = new BlockedWatch();
		await sleep(50);
		const until = performance.now() + 200;
		while (performance.now() < until);
		expect(watch.waitedMs()).toBeGreaterThan(180);
		await sleep(0);
		expect(watch.waitedMs()).toBeGreaterThan(180);
		watch.stop();
	});

	it('count as within a second only when that is certain', () => {
		expect(mostInASecond([0, 500, 1100])).toBe(2);
		expect(mostInASecond([100, 500, 1050], [0, 500, 1050])).toBe(2);
		expect(mostInASecond([100, 500, 1050])).toBe(3);
	});
});
