import { pollUntil } from '../../nodes/Kandji/transport/http/pollUntil';

describe('polling', () => {
	let time = 0;
	let pauses: number[] = [];
	const settings = {
		firstPauseMs: 100,
		longestPauseMs: 200,
		timeoutMs: 1_000,
		signal: undefined,
		now: () => time,
		pause: async (ms: number) => {
			pauses.push(ms);
			time += ms;
		},
	};

	beforeEach(() => {
		time = 5_000;
		pauses = [];
	});

	it('returns the first result, with pauses that grow up to the longest', async () => {
		let polls = 0;
		const result = await pollUntil(async () => (++polls < 5 ? undefined : 'done'), settings);
		expect(result).toBe('done');
		expect(pauses).toEqual([100, 160, 200, 200]);
	});

	it('counts null, false and 0 as results', async () => {
		for (const value of [null, false, 0]) {
			expect(await pollUntil(async () => value, settings)).toBe(value);
		}
		expect(pauses).toEqual([]);
	});

	it('starts no poll after the timeout', async () => {
		const polledAt: number[] = [];
		const poll = async () => {
			polledAt.push(time - 5_000);
			return undefined;
		};
		expect(await pollUntil(poll, settings)).toBeUndefined();
		expect(polledAt).toEqual([0, 100, 260, 460, 660, 860]);
	});

	it('polls once when the timeout is shorter than the first pause', async () => {
		let polls = 0;
		const poll = async () => void polls++;
		expect(await pollUntil(poll, { ...settings, timeoutMs: 99 })).toBeUndefined();
		expect(polls).toBe(1);
	});

	it('passes on what a poll throws', async () => {
		const poll = async () => {
			throw new Error('failed');
		};
		await expect(pollUntil(poll, settings)).rejects.toThrow('failed');
	});

	it('ends a pause when the execution is stopped', async () => {
		const stop = new AbortController();
		const polling = pollUntil(async () => undefined, {
			firstPauseMs: 60_000,
			longestPauseMs: 60_000,
			timeoutMs: 600_000,
			signal: stop.signal,
		});
		stop.abort();
		await expect(polling).rejects.toThrow('The execution was stopped');
	});
});
