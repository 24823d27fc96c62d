import { channel } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';

/** Published by Node's http client when the head of an answer has arrived. */
const answers = channel('http.client.response.finish');

interface Answer {
	request: ClientRequest;
	response: IncomingMessage;
}

/**
 * Watches the requests of this process and reports the progress of the device list after each, since
 * a node has no way to report progress to n8n.
 *
 * @returns a function that ends the watch
 */
export function watchRequests(onChange: (text: string) => void): () => void {
	let requests = 0;
	let devices = 0;
	let total: number | undefined;
	const note = (message: unknown) => {
		const { request, response } = message as Answer;
		requests++;
		const url = new URL(request.path, 'http://localhost');
		if (url.pathname.endsWith('/devices') && response.statusCode === 200) {
			total = Number(response.headers['x-total-count'] ?? total);
			devices += Number(url.searchParams.get('limit') ?? 0);
		}
		const read = total === undefined ? '' : `${Math.min(devices, total)} of ${total} devices, `;
		onChange(`${read}${requests} ${requests === 1 ? 'request' : 'requests'}`);
	};
	answers.subscribe(note);
	return () => answers.unsubscribe(note);
}
