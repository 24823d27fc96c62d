/**
 * Lets `Date.now` and `setTimeout` run `factor` times as fast for all tests of a file, so that the seconds
 * which the node waits between polls, before retries and for its rate limiter pass in milliseconds. The
 * tenant must not limit the rate: it counts real seconds. Call it inside `describe`.
 */
export function useFastClock(factor = 20): void {
	const spies: jest.SpyInstance[] = [];
	beforeAll(() => {
		const { setTimeout: schedule } = globalThis;
		const { now } = Date;
		const start = now();
		spies.push(
			jest.spyOn(Date, 'now').mockImplementation(() => start + (now() - start) * factor),
			jest
				.spyOn(globalThis, 'setTimeout')
				.mockImplementation((callback, ms = 0, ...args) =>
					schedule(callback, ms / factor, ...args),
				),
		);
	});
	afterAll(() => {
		for (const spy of spies) spy.mockRestore();
	});
}
