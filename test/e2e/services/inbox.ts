import { startService, type Received, type Service } from './service';

/** A ticket as the ticket system keeps it. */
export interface Ticket {
	title: string;
	body: string;
	priority: string;
}

/** Where examples send what they found: tickets, reports as JSON, and files. */
export interface Inbox extends Service {
	tickets: Ticket[];
	/** What was posted to /reports. */
	reports: () => unknown[];
	/** What was put to an address below /files. */
	files: () => Received[];
}

/** Starts a ticket system, a webhook for reports and a file store in one. */
export async function startInbox(): Promise<Inbox> {
	const tickets: Ticket[] = [];
	const service = await startService('inbox-token', (app) => {
		app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
			done(null, body),
		);
		app.post<{ Body: Ticket }>('/tickets', async ({ body }, reply) => {
			if (!body.title || !body.body || !body.priority) {
				return await reply.code(422).send({ error: 'title, body and priority are required' });
			}
			tickets.push(body);
			return await reply.code(201).send({ id: tickets.length, ...body });
		});
		app.post('/reports', () => ({ ok: true }));
		app.put('/files/:name', async (_request, reply) => await reply.code(201).send());
	});
	const sent = (method: string, path: string) =>
		service.received.filter((r) => r.method === method && r.path.startsWith(path));
	return {
		...service,
		tickets,
		reports: () => sent('POST', '/reports').map(({ body }) => body),
		files: () => sent('PUT', '/files/'),
	};
}
