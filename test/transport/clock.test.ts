import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IPollFunctions } from 'n8n-workflow';

import { pollUntil } from '../../nodes/Kandji/transport/http/pollUntil';
import { RateLimiter } from '../../nodes/Kandji/transport/http/rateLimiter';
import { wait } from '../../nodes/Kandji/transport/http/wait';
import { Api } from '../../nodes/Kandji/trigger/api';

const root = join(__dirname, '../..');

/** Where the time of day is read: it is shown, or compared with dates of the API. */
const readers = [
	'nodes/Kandji/resources/device/checkCompliance.ts',
	'nodes/Kandji/transport/http/errors.ts',
	'nodes/Kandji/trigger/api.ts',
];

it('the time of day is read nowhere else', () => {
	const wallClock = /\bDate\.now\b|\bnew Date\(\)|[^.\w]Date\(\)|\bDateTime\.(?:now|local|utc)\(\)/;
	const found = ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.map((file) => `${folder}/${file}`)
			.filter(
				(file) => file.endsWith('.ts') && wallClock.test(readFileSync(join(root, file), 'utf8')),
			),
	);
	expect(found.sort()).toEqual(readers);
});

const hour = 3_600_000;

describe.each([5_000, -5_000, hour, -hour, 50 * hour, -50 * hour])(
	'when the time of day is set by %i ms',
	(jump) => {
		beforeEach(() => jest.useFakeTimers());
		afterEach(() => jest.useRealTimers());

		/** How many ms of real time `work` takes, with the jump once it waits, and again a second later. */
		async function msOf(work: Promise<unknown>): Promise<number> {
			const start = performance.now();
			let end: number | undefined;
			void work.finally(() => (end = performance.now()));
			for (let step = 0; end === undefined && step < 10_000; step++) {
				if (step === 1 || step === 101) jest.setSystemTime(Date.now() + jump);
				await jest.advanceTimersByTimeAsync(10);
			}
			await work;
			return end! - start;
		}

		const owner = {};
		const acquire = async (limiter: RateLimiter) =>
			await limiter.acquire({ owner, urgency: 'read' });

		it('a wait lasts as long as it was asked to', async () => {
			expect(await msOf(wait(3_000, undefined))).toBeCloseTo(3_000, -2);
			expect(await msOf(wait(3_000, new AbortController().signal))).toBeCloseTo(3_000, -2);
		});

		it('the limiter keeps its pace', async () => {
			const limiter = new RateLimiter();
			const send = async () => limiter.release((await acquire(limiter))!);
			const ms = await msOf(Promise.all(Array.from({ length: 150 }, send)));
			expect(ms).toBeGreaterThan(2_000);
			expect(ms).toBeLessThan(4_000);
		});

		it('a 429 keeps requests back for as long as it asked', async () => {
			const limiter = new RateLimiter();
			limiter.block(3_000);
			expect(await msOf(acquire(limiter))).toBeCloseTo(3_000, -2);
		});

		it('a spent hour is asked about again after a minute', async () => {
			const limiter = new RateLimiter();
			limiter.exhaustHour(1_800);
			jest.setSystemTime(Date.now() + jump);
			expect(limiter.renewsInSeconds).toBeCloseTo(1_800);
			expect(await acquire(limiter)).toBeUndefined();
			await jest.advanceTimersByTimeAsync(59_000);
			expect(limiter.renewsInSeconds).toBeCloseTo(1_741);
			await jest.advanceTimersByTimeAsync(1_001);
			expect(limiter.renewsInSeconds).toBeUndefined();
			expect(await acquire(limiter)).toBeDefined();
		});

		it('Wait for Completion and exports are polled until their timeout', async () => {
			const polledAt: number[] = [];
			const start = performance.now();
			const polling = pollUntil(
				async () => {
					polledAt.push(performance.now() - start);
					return undefined;
				},
				{ firstPauseMs: 1_000, longestPauseMs: 2_000, timeoutMs: 10_000, signal: undefined },
			);
			expect(await msOf(polling)).toBeLessThanOrEqual(10_100);
			expect(polledAt).toEqual([0, 1_000, 2_600, 4_600, 6_600, 8_600]);
		});

		it('a poll of the trigger has its whole budget, and no more', async () => {
			const budget = { getPollBudgetMs: () => 36_000, getNode: () => ({ parameters: {} }) };
			const api = new Api(budget as unknown as IPollFunctions);
			jest.setSystemTime(Date.now() + jump);
			const sent = /getCredentials/;
			const late = /did not finish within the 36 seconds/;
			await jest.advanceTimersByTimeAsync(35_000);
			await expect(api.get('/api/v1/tags', {})).rejects.toThrow(sent);
			await jest.advanceTimersByTimeAsync(1_100);
			await expect(api.get('/api/v1/tags', {})).rejects.toThrow(late);
		});
	},
);
