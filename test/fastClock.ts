/**
 * Lets `Date.now`, `performance.now` and `setTimeout` run `factor` times as fast for all tests of a file, so that the
 * seconds which the node waits between polls, before retries and for its rate limiter pass in milliseconds. The
 * tenant must not limit the rate: it counts real seconds. Call it inside `describe`.
 */
export function useFastClock(factor = 20): void {
	const spies: jest.SpyInstance[] = [];
	beforeAll(() => {
		const { setTimeout: schedule } = globalThis;
		for (const clock of [Date, performance]) {
			const now = clock.now.bind(clock);
			const start = now();
			spies.push(
				jest.spyOn(clock, 'now').mockImplementation(() => start + (now() - start) * factor),
			);
		}
		spies.push(
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
