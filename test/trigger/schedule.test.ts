import { scheduleWarning } from '../../nodes/Kandji/trigger/schedule';

const MINUTE = 60_000;

describe('a trigger whose interval needs more requests than an hour has', () => {
	it('is told once', () => {
		const polls = [0, 1, 2, 3].map((minute) => scheduleWarning('often', minute * MINUTE, 200));
		expect(polls).toEqual([
			undefined,
			'at this interval, polls of 200 requests take 12000 of the tenant’s 10000 requests per hour. Poll every 2 minutes at most, choose fewer events, or filter by platform.',
			undefined,
			undefined,
		]);
	});

	it('is each on its own', () => {
		expect(scheduleWarning('one', 0, 200)).toBeUndefined();
		expect(scheduleWarning('another', MINUTE, 200)).toBeUndefined();
		expect(scheduleWarning('one', MINUTE, 200)).toContain('12000');
		expect(scheduleWarning('another', 2 * MINUTE, 200)).toContain('12000');
	});

	it('is not one whose polls fit', () => {
		const polls = [0, 1, 2].map((minute) => scheduleWarning('fits', minute * MINUTE, 166));
		expect(polls).toEqual([undefined, undefined, undefined]);
	});
});
