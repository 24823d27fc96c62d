import { ExecutionStopped, wait } from '../../nodes/Kandji/transport/http/wait';

describe('a wait', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	const outcomeOf = async (waiting: Promise<void>) =>
		await Promise.race([
			waiting.then(
				() => 'over',
				(error: unknown) => error,
			),
			Promise.resolve().then(() => 'waiting'),
		]);

	it('lasts as long as it was asked to, whatever happens to the time of day', async () => {
		const waiting = wait(1000, new AbortController().signal);
		jest.setSystemTime(Date.now() + 3_600_000);
		await jest.advanceTimersByTimeAsync(990);
		expect(await outcomeOf(waiting)).toBe('waiting');
		await jest.advanceTimersByTimeAsync(20);
		await expect(waiting).resolves.toBeUndefined();
	});

	it('ends within 200 ms when the execution is stopped', async () => {
		const stop = new AbortController();
		const waiting = wait(60_000, stop.signal);
		waiting.catch(() => undefined);
		await jest.advanceTimersByTimeAsync(30_010);
		stop.abort();
		await jest.advanceTimersByTimeAsync(200);
		await expect(waiting).rejects.toThrow(ExecutionStopped);
	});

	it('does not begin once the execution is stopped', async () => {
		await expect(wait(60_000, AbortSignal.abort())).rejects.toThrow(ExecutionStopped);
	});
});
