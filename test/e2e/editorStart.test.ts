import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { N8nClient } from '../../scripts/n8n/client';
import { PINNED_N8N_VERSION } from '../../scripts/n8n/versions';
import { exampleWorkflows } from '../../scripts/start/workflows';
import { startEditor, type Editor } from './browser/editor';
import { runStart, type Start } from './support/start';

const DEVICES = 25;

/** The README promises a minute; a machine that runs other tests meanwhile gets three. */
const MAX_SECONDS = 180;

describe('npm start', () => {
	let start: Start;
	let text: string;
	let url: string;
	let owner: { email: string; password: string };

	beforeAll(async () => {
		start = await runStart({ args: ['--devices', String(DEVICES)] });
		({ text } = start);
		url = /^(http:\S+)\/home\/workflows$/m.exec(text)?.[1] ?? '';
		const [, email = '', password = ''] = /^Sign in as (\S+) with (\S+)$/m.exec(text) ?? [];
		owner = { email, password };
	});
	afterAll(async () => await start?.stop());

	it('says how long it takes before it begins, and keeps to it', () => {
		expect(text.split('\n')[0]).toBe(
			`n8n ${PINNED_N8N_VERSION} is in your cache folder: this takes less than a minute.`,
		);
		const [, seconds] = /^Ready after (\d+) s\./m.exec(text) ?? [];
		expect(Number(seconds)).toBeGreaterThan(0);
		expect(Number(seconds)).toBeLessThan(MAX_SECONDS);
	});

	it('shows its steps and how far they are', async () => {
		const done = text.split('\n').filter((line) => line.startsWith('✔'));
		const { length } = await exampleWorkflows();
		expect(done).toEqual([
			'✔ Build the package',
			`✔ n8n ${PINNED_N8N_VERSION} is installed`,
			'✔ Install the packed package in it',
			`✔ Start a simulated tenant with ${DEVICES} devices`,
			'✔ Start n8n',
			`✔ Added the credential and the example workflows (${length})`,
		]);
		expect(text).toMatch(/█+░+ \d+ of about 20 s/);
		expect(text).toMatch(new RegExp(`█+░+ \\d+ of ${length} examples`));
	});

	it('adds no example that n8n 3 would break, by n8n’s own report', async () => {
		const client = new N8nClient(url);
		await client.signIn(owner);
		const response = await client.fetch('GET', '/rest/breaking-changes/report?version=v3');
		const { data } = (await response.json()) as {
			data: { report: Record<'instanceResults' | 'workflowResults', Array<{ ruleId: string }>> };
		};
		expect(data.report.workflowResults).toEqual([]);
		// What the README says under Compatibility.
		const rules = data.report.instanceResults.map(({ ruleId }) => ruleId);
		expect(rules).toContain('unverified-packages-v3');
	});

	it('leads to a list of the examples with the simplest on top, which runs', async () => {
		const editor: Editor = await startEditor({ url, owner });
		try {
			const { page } = editor;
			await page.goto('/home/workflows');
			const names = page.getByTestId('workflow-card-name');
			await names.first().waitFor();
			expect((await names.first().innerText()).trim()).toBe('Kandji device inventory');
			await names.first().click();
			await page.getByTestId('execute-workflow-button').click();
			await page.getByText(`${DEVICES} items`, { exact: true }).waitFor();
		} finally {
			await editor.close();
		}
	});

	it('ends on Ctrl-C', async () => {
		expect(await start.stop()).toBe(0);
		await expect(fetch(url)).rejects.toThrow('fetch failed');
	});
});

it('npm start says before the first start what it is going to install', async () => {
	const cache = mkdtempSync(path.join(tmpdir(), 'n8n-nodes-kandji-cache-'));
	try {
		const { stop, text } = await runStart({
			until: '(3 GB)',
			env: { XDG_CACHE_HOME: cache, N8N_VERSION: '0.0.0-none' },
		});
		await stop();
		expect(text).toContain('This first start takes about five minutes');
		expect(text).toContain(cache);
	} finally {
		rmSync(cache, { recursive: true, force: true });
	}
});
