import { chromium, selectors, type Locator, type Page } from 'playwright-core';

import type { NewWorkflow, Owner, StoredWorkflow } from '../../../scripts/n8n/types';
import type { Kandji } from '../support/kandji';
import { sharedN8n, type SharedN8n } from '../support/shared';
import { chain, unconnected, type NewNode } from '../support/workflow';
import { watchProblems } from './problems';

// What n8n marks its elements with for its own tests.
selectors.setTestIdAttribute('data-test-id');

const ACTION_TIMEOUT_MS = 30_000;

/** n8n's editor in a browser of its own, signed in as the owner. */
export interface Editor {
	page: Page;
	/** Errors that the browser saw since the last call: in its console, and addresses that failed. */
	problems(): string[];
	close(): Promise<void>;
}

/**
 * Starts Debian's Chromium (CHROMIUM_PATH: another one) and signs in through n8n's form.
 * Pictures are as large as its window: 1200 by 800.
 * @param n8n whose editor; by default that of the n8n that all files share
 */
export async function startEditor(
	n8n: Pick<SharedN8n, 'url'> & { owner: Pick<Owner, 'email' | 'password'> } = sharedN8n(),
): Promise<Editor> {
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-background-networking',
			'--no-first-run',
			// The editor asks the npm registry about packages.
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
		],
	});
	const { url, owner } = n8n;
	const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, baseURL: url });
	page.setDefaultTimeout(ACTION_TIMEOUT_MS);
	page.setDefaultNavigationTimeout(ACTION_TIMEOUT_MS * 2);
	await page.goto('/signin?redirect=%2Fhome%2Fworkflows', { waitUntil: 'commit' });
	await page.getByLabel('Email').fill(owner.email, { timeout: ACTION_TIMEOUT_MS * 2 });
	await page.getByLabel('Password').fill(owner.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByTestId('project-name').waitFor({ timeout: ACTION_TIMEOUT_MS * 2 });
	// Only from here on: before signing in, n8n asks who is signed in and is answered 401.
	const problems = watchProblems(page, url);
	return {
		page,
		problems,
		close: async () => await browser.close(),
	};
}

/** The editor's root element, with what Vue keeps on it. */
interface App {
	__vue_app__: { config: { globalProperties: { $router: { push(path: string): Promise<void> } } } };
}

/** Goes to an address of the editor without loading it anew, which takes many times longer. */
export async function goTo(page: Page, path: string): Promise<void> {
	await page.evaluate(async (to) => {
		const { document } = globalThis as unknown as { document: { querySelector(s: string): App } };
		await document.querySelector('#app').__vue_app__.config.globalProperties.$router.push(to);
	}, path);
}

/**
 * Shows the canvas of a new workflow: a manual trigger and these nodes, one after the other; a
 * trigger node stands alone.
 */
export async function newWorkflow(
	editor: Editor,
	kandji: Kandji,
	...nodes: NewNode[]
): Promise<StoredWorkflow> {
	const isTrigger = nodes.some(({ type }) => type.endsWith('Trigger'));
	const workflow = isTrigger ? unconnected(nodes) : chain([{ ticket: 'IT-1042' }], ...nodes);
	return await showWorkflow(editor, kandji, workflow);
}

/** Stores a workflow and shows its canvas. Problems are counted from here on. */
export async function showWorkflow(
	{ page, problems }: Editor,
	{ client }: Kandji,
	workflow: NewWorkflow,
): Promise<StoredWorkflow> {
	const stored = await client.createWorkflow(workflow);
	await goTo(page, `/workflow/${stored.id}`);
	const [first] = stored.nodes;
	await page.locator(`[data-test-id="canvas-node"][data-node-name="${first?.name}"]`).waitFor();
	// Leaving a workflow whose node was open, n8n's editor complains of itself in the console.
	problems();
	return stored;
}

/** Opens a node of the workflow that the canvas shows, in place of one that may be open. */
export async function openNode(
	page: Page,
	{ id: workflowId, nodes }: StoredWorkflow,
	name: string,
): Promise<Locator> {
	const id = nodes.find((node) => node.name === name)?.id ?? '';
	await goTo(page, `/workflow/${workflowId}/${id}`);
	const panel = page.getByTestId('ndv');
	await panel
		.getByTestId('node-title-container')
		.getByTestId('inline-edit-preview')
		.filter({ hasText: name })
		.waitFor();
	await panel.getByTestId('node-credentials-slot').waitFor();
	return panel;
}
