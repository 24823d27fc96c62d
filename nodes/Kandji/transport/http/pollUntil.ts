import { wait } from './wait';

interface Polling {
	/** The first pause between polls in ms; each later one is 1.6 times as long, up to the longest. */
	firstPauseMs: number;
	longestPauseMs: number;
	/** No poll starts later than this many ms after the first. */
	timeoutMs: number;
	signal: AbortSignal | undefined;
	/** Time and waiting, which tests replace. */
	now?: () => number;
	pause?: typeof wait;
}

const growth = 1.6;

/**
 * Polls until there is a result, on a monotonic clock.
 *
 * @param poll returns undefined while there is no result yet
 * @returns undefined when the time is up
 * @throws ExecutionStopped when the execution is stopped during a pause
 */
export async function pollUntil<T>(
	poll: () => Promise<T | undefined>,
	{
		firstPauseMs,
		longestPauseMs,
		timeoutMs,
		signal,
		now = () => performance.now(),
		pause = wait,
	}: Polling,
): Promise<T | undefined> {
	const deadline = now() + timeoutMs;
	for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * growth)) {
		const result = await poll();
		if (result !== undefined) return result;
		if (now() + pauseMs > deadline) return undefined;
		await pause(pauseMs, signal);
	}
}
