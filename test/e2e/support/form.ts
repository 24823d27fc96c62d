import pWaitFor from 'p-wait-for';

import type { N8nClient } from '../../../scripts/n8n/client';

/** A page that a person fills in: its text, and where its answers go. */
export interface FormPage {
	url: string;
	text: string;
	executionId: string;
}

/** Sends the answers of a form's page, in the order of its fields, and says what n8n answers. */
async function submit(url: string, answers: string[], headers: Record<string, string> = {}) {
	const body = new FormData();
	for (const [index, answer] of answers.entries()) body.set(`field-${index}`, answer);
	const response = await fetch(url, { method: 'POST', headers, body });
	const text = await response.text();
	if (!response.ok) throw new Error(`${response.status} from the form: ${text}`);
	return text;
}

/** Waits until the workflow shows its next page, the last one included. */
async function nextPage(client: N8nClient, url: string): Promise<FormPage> {
	const [, executionId] = /\/form-waiting\/(\d+)/.exec(url) as unknown as [string, string];
	await pWaitFor(
		async () => {
			const { status, data } = await client.execution(executionId);
			const { error } = data.resultData;
			if (status !== 'waiting' && error) throw new Error(`${status}: ${error.message}`);
			return status === 'waiting';
		},
		{ interval: 100, timeout: 60_000 },
	);
	const response = await fetch(url);
	return { url, text: await response.text(), executionId };
}

/** Fills in the first page of a form that asks for a user name and a password, and waits for the second. */
export async function openForm(
	client: N8nClient,
	path: string,
	{ user, password }: { user: string; password: string },
	answers: string[],
): Promise<FormPage> {
	const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
	const url = `${client.url}/form/${path}`;
	// n8n registers the path after it has answered that the workflow is active.
	await pWaitFor(async () => (await fetch(url)).status !== 404, { interval: 100, timeout: 30_000 });
	const text = await submit(url, answers, { authorization });
	const { formWaitingUrl } = JSON.parse(text) as { formWaitingUrl: string };
	return await nextPage(client, formWaitingUrl);
}

/** Fills in a page, and waits for the next one. */
export async function answerForm(
	client: N8nClient,
	{ url }: FormPage,
	answers: string[],
): Promise<FormPage> {
	await submit(url, answers);
	return await nextPage(client, url);
}
