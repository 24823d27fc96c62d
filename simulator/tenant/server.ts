import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';

import { registerControl } from './control';
import type { AddRoute, Core } from './core';
import { deliver } from './deliver';
import { admit, passageOf } from './gate';
import type { Call, Query } from './http/call';
import { ApiError, detail } from './http/errors';
import { resources } from './routes';
import { settleCommands } from './state/commands';

const MEGABYTE = 1024 * 1024;

/** Builds the API server with every operation; it is not listening yet. */
export async function buildApi(core: Core): Promise<FastifyInstance> {
	const app = fastify({
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		bodyLimit: 64 * MEGABYTE,
		routerOptions: { maxParamLength: 20_000 },
	});
	await app.register(formbody);
	await app.register(multipart, { limits: { fileSize: 64 * MEGABYTE } });
	acceptEmptyJson(app);
	registerControl(app, core);
	app.addHook('onRequest', async (request, reply) => {
		if (!request.url.startsWith('/_control/')) await admit(core, request, reply);
	});
	app.addHook('preHandler', async () => settleCommands(core.state));
	app.addHook('onSend', (request, reply, payload, done) => {
		const result = deliver(core, request, reply, (payload ?? null) as string | Buffer | null);
		// The framework sends nothing until `done` is called, so the fault controls the connection.
		if (result !== undefined) done(null, result);
	});
	app.setErrorHandler((error, _request, reply) => sendError(error, reply));
	app.setNotFoundHandler((_request, reply) => {
		const id = core.state.random.hex(32);
		return json(reply.code(404), {
			message: 'no Route matched with those values',
			request_id: id,
		});
	});
	const add = adder(app);
	for (const resource of resources) resource(add, core);
	return app;
}

/** The names of all operations, "METHOD /path/{template}", that {@link buildApi} registers. */
export function operationNames(core: Core): string[] {
	const names: string[] = [];
	for (const resource of resources) resource((operation) => names.push(operation), core);
	return names;
}

function adder(app: FastifyInstance): AddRoute {
	return (operation, handler) => {
		const [method, path] = operation.split(' ') as [string, string];
		app.route({
			method,
			url: path.replace(/\{(\w+)\}/g, ':$1'),
			config: { operation } as Record<string, unknown>,
			handler: async (request, reply) => {
				const call: Call = {
					url: request.url,
					params: request.params as Record<string, string>,
					query: request.query as Query,
					body: request.body,
					request,
					reply,
				};
				const result = await handler(call);
				if (result === undefined) return reply.send();
				if (Buffer.isBuffer(result)) return reply.send(result);
				return json(reply, result);
			},
		});
	};
}

function json(reply: FastifyReply, value: unknown): FastifyReply {
	return reply.type('application/json').send(JSON.stringify(value));
}

function sendError(error: unknown, reply: FastifyReply): FastifyReply {
	if (error instanceof ApiError) {
		if (error.html) return reply.code(error.status).type('text/html').send(error.body);
		return json(reply.code(error.status), error.body);
	}
	const { statusCode = 500, message } = error as { statusCode?: number; message: string };
	return sendError(detail(statusCode, message), reply);
}

// Clients send a JSON content type with no body, and the API accepts it.
function acceptEmptyJson(app: FastifyInstance): void {
	app.removeContentTypeParser('application/json');
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
		const sent = body.toString();
		if (sent.trim() === '') return done(null, undefined);
		try {
			done(null, JSON.parse(sent));
		} catch (error) {
			done(detail(400, `JSON parse error - ${(error as Error).message}`));
		}
		const passage = passageOf(request);
		if (passage) passage.entry.body = sent;
	});
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
