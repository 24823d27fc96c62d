import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pWaitFor from 'p-wait-for';
import type { Page } from 'playwright-core';

import { N8nClient, outputOf } from '../../scripts/n8n/client';
import { PINNED_N8N_VERSION } from '../../scripts/n8n/versions';
import { exampleWorkflows } from '../../scripts/start/workflows';
import type { Device, LoggedRequest } from '../../simulator/tenant';
import { startEditor, type Editor } from './browser/editor';
import { choose, executeStep } from './browser/panel';
import { readExample } from './support/example';
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

	describe('in the browser', () => {
		let editor: Editor;
		let page: Page;

		beforeAll(async () => {
			editor = await startEditor({ url, owner });
			({ page } = editor);
		});
		beforeEach(async () => {
			await page.goto('/home/workflows');
			await page.getByTestId('workflow-card-name').first().waitFor();
		});
		afterAll(async () => await editor?.close());

		it('leads to a list of the examples with the simplest on top, which runs', async () => {
			const first = page.getByTestId('workflow-card-name').first();
			expect((await first.innerText()).trim()).toBe('Kandji device inventory');
			await first.click();
			await page.getByTestId('execute-workflow-button').click();
			await page.getByText(`${DEVICES} items`, { exact: true }).waitFor();
		});

		/** How often the tenant has answered with its devices. */
		const readsOfDevices = async () => {
			const [, tenantUrl = ''] = /^Simulated tenant: (\S+)$/m.exec(text) ?? [];
			const log = await fetch(`${tenantUrl}/_control/log`);
			const requests = (await log.json()) as LoggedRequest[];
			const answered = requests.filter(({ status }) => status === 200);
			return answered.filter(({ operation }) => operation === 'GET /api/v1/devices').length;
		};

		it('gets a new Mac to its ticket by the steps of docs/first-steps.md', async () => {
			const { name, nodes } = await readExample('new-mac-enrolled');
			const canvasNode = (node: string) =>
				page.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`);
			await page.getByTestId('workflow-card-name').filter({ hasText: name }).click();
			const kept = ['Kandji Trigger', 'Describe ticket'];
			for (const node of nodes) {
				if (node.type.endsWith('.stickyNote') || kept.includes(node.name)) continue;
				await canvasNode(node.name).click();
				await page.keyboard.press('Delete');
				await canvasNode(node.name).waitFor({ state: 'detached' });
			}

			await canvasNode('Kandji Trigger').dblclick();
			const panel = page.getByTestId('ndv');
			await choose(panel, 'mode', 'Every Minute');
			await executeStep(panel, /deviceEnrolled:.*:sample/);
			await page.keyboard.press('Escape');
			await panel.waitFor({ state: 'detached' });
			const before = await readsOfDevices();
			const published = page.waitForResponse((response) => response.url().endsWith('/activate'));
			await page.getByRole('button', { name: 'Publish' }).click();
			await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
			expect((await published).status()).toBe(200);

			// The Macs that the first poll finds are not new.
			await pWaitFor(async () => (await readsOfDevices()) > before, { timeout: 60_000 });
			const [, body, control = ''] = /curl --json '(.+)' (\S+)$/m.exec(text) ?? [];
			const response = await fetch(control, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body,
			});
			const { results } = (await response.json()) as { results: [[Device]] };
			const [[mac]] = results;
			const client = new N8nClient(url);
			await client.signIn(owner);
			const id = await pWaitFor(
				async () => {
					const [execution] = await client.executions({ status: ['success'] });
					return execution?.mode === 'trigger' && pWaitFor.resolveWith(execution.id);
				},
				{ interval: 1_000, timeout: 180_000 },
			);
			const [ticket] = outputOf(await client.execution(id), 'Describe ticket');
			expect(ticket?.json).toMatchObject({
				title: `Set up ${mac.device_name}`,
				serial_number: mac.serial_number,
			});
		});
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
