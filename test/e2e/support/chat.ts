import { randomUUID } from 'node:crypto';
import pWaitFor from 'p-wait-for';

import type { N8nClient } from '../../../scripts/n8n/client';

const TIMEOUT_MS = 60_000;

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** What n8n writes into the chat; buttons are there to approve or to decline. */
export interface ChatEntry {
	text: string;
	buttons: Array<{ text: string; link: string }>;
}

/** A person's chat with a workflow whose trigger answers with response nodes. */
export interface Chat {
	/** Id of the execution that the first message has started. */
	executionId: string;
	/** The next entry that has not been taken. */
	next(): Promise<ChatEntry>;
	/** Types an answer, while the workflow waits for one. */
	type(text: string): void;
	/** Clicks a button. */
	click(button: { link: string }): Promise<void>;
	close(): void;
}

function entryOf(data: string): ChatEntry {
	const { text = data, buttons = [] } = data.startsWith('{')
		? (JSON.parse(data) as Partial<ChatEntry>)
		: {};
	return { text, buttons };
}

/** Sends the first message as the client's user, and listens as the page of the chat does. */
export async function openChat(client: N8nClient, path: string, text: string): Promise<Chat> {
	const sessionId = randomUUID();
	const message = (chatInput: string) => ({ action: 'sendMessage', sessionId, chatInput });
	const response = await client.fetch('POST', path, message(text));
	if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
	const { executionId, resumeToken } = (await response.json()) as {
		executionId: string;
		resumeToken?: string;
	};
	const address = new URL('/chat', client.url);
	address.protocol = 'ws:';
	address.search = new URLSearchParams({
		sessionId,
		executionId,
		isPublic: 'true',
		...(resumeToken !== undefined && { token: resumeToken }),
	}).toString();
	const socket = new WebSocket(address);
	const entries: ChatEntry[] = [];
	socket.addEventListener('message', ({ data }) => {
		const line = String(data);
		if (line === 'n8n|heartbeat') socket.send('n8n|heartbeat-ack');
		else if (!line.startsWith('n8n|')) entries.push(entryOf(line));
	});
	return {
		executionId,
		next: async () =>
			await pWaitFor(
				() => {
					const entry = entries.shift();
					return entry !== undefined && pWaitFor.resolveWith(entry);
				},
				{ interval: 100, timeout: TIMEOUT_MS },
			),
		type: (answer) => socket.send(JSON.stringify(message(answer))),
		click: async ({ link }) => {
			// n8n takes no click from what is no browser, such as the preview of a link.
			const answer = await fetch(link, { headers: { 'user-agent': BROWSER } });
			if (!answer.ok) throw new Error(`${link}: ${answer.status} ${await answer.text()}`);
		},
		close: () => socket.close(),
	};
}
