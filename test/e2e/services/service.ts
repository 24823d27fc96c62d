import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';

/** A request as a stand-in received it. */
export interface Received {
	method: string;
	path: string;
	body: unknown;
}

/** A local stand-in for another service. */
export interface Service {
	/** `http://127.0.0.1:PORT` */
	url: string;
	/** A Bearer token that it takes. */
	token: string;
	/** Requests that it accepted, oldest first. */
	received: Received[];
	close(): Promise<void>;
}

const received = ({ method, url, body }: FastifyRequest): Received => ({
	method,
	path: url,
	body: Buffer.isBuffer(body) ? body.toString() : body,
});

/**
 * Starts a stand-in on a free port of the loopback interface.
 *
 * @param routes adds what the service answers to
 * @param isKnown tells who may ask at all, by default who has the token; anybody else gets 401
 */
export async function startService(
	token: string,
	routes: (app: FastifyInstance) => void | Promise<void>,
	isKnown = ({ headers }: FastifyRequest) => headers.authorization === `Bearer ${token}`,
): Promise<Service> {
	const app = fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 ** 2 });
	const log: Received[] = [];
	app.addHook('onRequest', async (request, reply) => {
		if (isKnown(request)) return;
		await reply.code(401).send({ error: 'Unauthorized' });
	});
	app.addHook('onResponse', async (request, reply) => {
		if (reply.statusCode < 400) log.push(received(request));
	});
	await routes(app);
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	return { url, token, received: log, close: async () => await app.close() };
}
