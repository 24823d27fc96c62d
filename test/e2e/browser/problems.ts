import type { Page } from 'playwright-core';

/**
 * Collects what goes wrong in a page from now on.
 * @param origin only addresses below it count: the editor also asks hosts that no test may reach
 * @returns a function that takes out what was collected so far
 */
export function watchProblems(page: Page, origin: string): () => string[] {
	const problems: string[] = [];
	const counts = (address: string) => address.startsWith(origin) && !isOptional(address);
	page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
	page.on('response', (response) => {
		if (response.status() >= 400 && counts(response.url())) {
			problems.push(`${response.status()} ${response.url()}`);
		}
	});
	page.on('console', (message) => {
		if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
		problems.push(`console: ${message.text()}`);
	});
	return () => problems.splice(0);
}

/** The editor asks for the output preview of every node before; most nodes of n8n have none. */
const isOptional = (address: string) => new URL(address).pathname.startsWith('/schemas/');
