import { announcement } from '../../scripts/start/announcement';
import { help, readOptions } from '../../scripts/start/options';
import { barFor, barText, timed } from '../../scripts/start/progress';
import { exampleFiles, exampleWorkflows } from '../../scripts/start/workflows';
import { section } from '../docs/pages';

describe('the example workflows of npm start', () => {
	it('are all of them, from the simplest on', async () => {
		const workflows = await exampleWorkflows();
		expect(workflows).toHaveLength(exampleFiles().length);
		expect(workflows[0]?.name).toBe('Kandji device inventory');
		const sizes = workflows.map(
			({ nodes }) => nodes.filter(({ type }) => !type.endsWith('.stickyNote')).length,
		);
		expect(sizes).toEqual(sizes.toSorted((one, other) => one - other));
	});
});

describe('the progress bar', () => {
	it.each([
		[0, '░░░░░░░░░░░░░░░░░░░░░░░░ 0 of 21 examples'],
		[7, '████████░░░░░░░░░░░░░░░░ 7 of 21 examples'],
		[21, '████████████████████████ 21 of 21 examples'],
	])('shows %i of 21', (done, text) => {
		expect(barText(done, 21, 'examples')).toBe(text);
	});

	it('stays full when there is more than was expected', () => {
		expect(barText(5_800, 5_700, 'files')).toBe(`${'█'.repeat(24)} 5,800 of about 5,700 files`);
	});

	it('moves all the time in a terminal, and in a log with every quarter', () => {
		const shownIn = (isTerminal: boolean) => {
			const shown: string[] = [];
			const bar = barFor((text) => shown.push(text), isTerminal);
			for (let done = 0; done <= 100; done += 1) bar(done, 100, 'files');
			return shown;
		};
		expect(shownIn(true)).toHaveLength(101);
		expect(shownIn(false).map((text) => / (\d+) /.exec(text)?.[1])).toEqual([
			'0',
			'25',
			'50',
			'75',
			'100',
		]);
	});

	it('counts the seconds of a step until it ends, also when it fails', async () => {
		jest.useFakeTimers();
		try {
			const seconds: number[] = [];
			const step = timed(
				(done) => seconds.push(done),
				20,
				async () =>
					await new Promise((_, reject) => setTimeout(() => reject(new Error('no')), 3_500)),
			);
			const failure = expect(step).rejects.toThrow('no');
			await jest.advanceTimersByTimeAsync(10_000);
			await failure;
			expect(seconds).toEqual([1, 2, 3]);
		} finally {
			jest.useRealTimers();
		}
	});
});

describe('how long npm start takes', () => {
	const first = announcement({ version: '2.0.0', isInstalled: false });
	const later = announcement({ version: '2.0.0', isInstalled: true });

	it('is said before the first start, with what it needs', () => {
		expect(first).toMatch(
			/first start takes about five minutes: it installs n8n 2\.0\.0 in .*\(3 GB\)/,
		);
		expect(later).toBe('n8n 2.0.0 is in your cache folder: this takes less than a minute.');
	});

	it.each(['The first start takes about five minutes', '(3 GB)', 'take less than a minute'])(
		'is the same in the help and the README: %s',
		(text) => {
			expect(help.replaceAll('\n', ' ')).toContain(text);
			expect(section('README.md', 'Install')).toContain(text);
			expect(first).toContain(text.replace('The first', 'first'));
		},
	);
});

describe('the options of npm start', () => {
	it('are a simulated tenant and a free port by default', () => {
		expect(readOptions([], {})).toEqual({
			help: false,
			devices: 600,
			port: undefined,
			credential: undefined,
			running: undefined,
		});
	});

	it('name an n8n that runs already', () => {
		const env = {
			N8N_BASE_URL: 'http://localhost:5678',
			N8N_EMAIL: 'a@acme.example',
			N8N_PASSWORD: 'x',
		};
		expect(readOptions([], env).running).toEqual({
			url: 'http://localhost:5678',
			email: 'a@acme.example',
			password: 'x',
		});
	});

	it.each([
		[['--devices', 'many'], {}, '--devices must be an integer'],
		[['--port', '70000'], {}, '--port must be an integer up to 65535'],
		[['--speed'], {}, "Unknown option '--speed'"],
		[[], { N8N_BASE_URL: 'http://localhost:5678' }, 'requires N8N_EMAIL and N8N_PASSWORD'],
	])('refuse %j with %j', (args, env, message) => {
		expect(() => readOptions(args, env)).toThrow(message);
	});
});
