import fastify, { type FastifyInstance } from 'fastify';

import type { Core } from './core';

/**
 * The storage origin: takes uploads and serves exports, as S3 does. It knows nothing of the API's token and
 * refuses requests that carry one, since a signed request must have no second way to authenticate.
 */
export async function buildStorage(core: Core): Promise<FastifyInstance> {
	const app = fastify({ forceCloseConnections: true, exposeHeadRoutes: false });
	app.addHook('onResponse', async (request, reply) => {
		core.counters.receive({
			at: core.elapsed(),
			origin: 'storage',
			method: request.method,
			url: request.url,
			operation: `${request.method} ${request.url.split('?')[0]}`,
			headers: request.headers,
			body: undefined,
			status: reply.statusCode,
			executed: reply.statusCode < 400,
			faults: [],
			ms: reply.elapsedTime,
		});
	});
	return app;
}
