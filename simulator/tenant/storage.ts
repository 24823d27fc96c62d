import { Readable } from 'node:stream';

import multipartPlugin from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import type { Core } from './core';
import { slowDown } from './gate';
import { readParts, type Parts } from './http/multipart';
import { csv } from './state/csv';
import { SIGNED_SECONDS, type ExportJob } from './state/exports';
import { CATEGORIES } from './state/prism/categories';
import { select } from './routes/prism';

const GIGABYTE = 1024 ** 3;

/**
 * The storage origin: takes uploads and serves exports, as S3 does. It does not know the API's token and
 * refuses requests that carry one, since a signed request must have no second way to authenticate.
 */
export async function buildStorage(core: Core): Promise<FastifyInstance> {
	const app = fastify({
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		bodyLimit: 2 * GIGABYTE,
	});
	await app.register(multipartPlugin, { limits: { fileSize: 2 * GIGABYTE } });
	app.addHook('onResponse', async (request, reply) => log(core, request, reply));
	app.addHook('onRequest', async (request, reply) => {
		await strike(core, request, reply);
		if (reply.sent) return;
		if (request.headers.authorization !== undefined) {
			return refuse(reply, 400, 'InvalidArgument', 'Only one auth mechanism allowed');
		}
	});
	app.post('/storage/uploads', (request, reply) => upload(core, request, reply));
	app.get('/storage/visibility-export/*', (request, reply) => download(core, request, reply));
	app.setNotFoundHandler((_request, reply) =>
		refuse(reply, 404, 'NoSuchKey', 'The specified key does not exist.'),
	);
	return app;
}

async function strike(core: Core, request: FastifyRequest, reply: FastifyReply): Promise<void> {
	const path = request.url.split('?')[0]!;
	const faults = core.faults.hit(request.method, `${request.method} ${path}`, path);
	await slowDown(core, faults);
	for (const fault of faults) {
		if (fault.kind === 'status') {
			await refuse(reply, fault.status, 'InternalError', 'We encountered an internal error.');
		}
		if (fault.kind === 'html') {
			// In pieces, and called what the file would be: only the content shows what it is.
			reply.hijack();
			reply.raw.writeHead(fault.status ?? 200, { 'content-type': 'text/csv' });
			reply.raw.write('\n', () => reply.raw.end(' <!DOCTYPE html><title>Sign in</title>'));
		}
		if (fault.kind === 'resetBefore') {
			reply.hijack();
			request.raw.socket.resetAndDestroy();
		}
		if (fault.kind === 'cut' || fault.kind === 'stall') {
			reply.hijack();
			reply.raw.writeHead(200, { 'content-length': '1000000' });
			reply.raw.write('device_id,', () => fault.kind === 'cut' && reply.raw.destroy());
		}
	}
}

function log(core: Core, request: FastifyRequest, reply: FastifyReply): void {
	core.counters.receive({
		at: core.elapsed() - reply.elapsedTime,
		origin: 'storage',
		method: request.method,
		url: request.url,
		operation: `${request.method} ${request.url.split('?')[0]}`,
		headers: request.headers,
		body: request.body,
		status: reply.statusCode,
		executed: reply.statusCode < 400,
		faults: [],
		ms: reply.elapsedTime,
	});
}

function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
	return reply
		.code(status)
		.type('application/xml')
		.send(
			`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
		);
}

async function upload(
	core: Core,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply> {
	if (!request.isMultipart()) {
		return refuse(reply, 412, 'PreconditionFailed', 'Bucket POST must be multipart/form-data');
	}
	const parts = await readParts(request);
	request.body = { ...parts.fields, files: parts.files, order: parts.order };
	const place = core.state.uploads.get(parts.fields.key ?? '');
	const problem = place ? problemWith(parts, place.post_data) : 'The policy is not valid.';
	if (problem !== undefined || !place) return refuse(reply, 403, 'AccessDenied', problem ?? '');
	if (place.rules.storageStatus !== undefined) {
		return refuse(reply, place.rules.storageStatus, 'AccessDenied', 'Access Denied');
	}
	const { name, type, size, sha256 } = parts.files[0]!;
	place.file = { name, type, size, sha256 };
	place.polls = 0;
	return reply.code(204).send();
}

// S3 ignores what comes after the file, so a late field counts as missing.
function problemWith(parts: Parts, expected: Record<string, string>): string | undefined {
	if (parts.files.length !== 1 || parts.files[0]!.field !== 'file') {
		return 'POST requires exactly one file upload per request.';
	}
	const before = parts.order.slice(0, parts.order.indexOf('file'));
	for (const [name, value] of Object.entries(expected)) {
		if (!before.includes(name)) return `Bucket POST must contain a field named '${name}'.`;
		if (parts.fields[name] !== value) return `Invalid according to Policy: ${name}`;
	}
	const extra = before.filter((name) => !(name in expected));
	return extra.length > 0
		? `Invalid according to Policy: Extra input fields: ${extra.join(', ')}`
		: undefined;
}

async function download(
	core: Core,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply> {
	const url = new URL(request.url, core.storageOrigin);
	const path = url.pathname.replace(/^\/storage\//, '');
	const job = [...core.state.exports.values()].find(({ record }) => record.path === path);
	if (!job) return refuse(reply, 404, 'NoSuchKey', 'The specified key does not exist.');
	if (url.searchParams.get('X-Amz-Signature') !== job.signature) {
		return refuse(reply, 403, 'SignatureDoesNotMatch', 'The signature does not match.');
	}
	const age = core.state.clock.now() - Number(url.searchParams.get('X-Amz-Date'));
	if (age > SIGNED_SECONDS * 1000) {
		return refuse(reply, 403, 'AccessDenied', 'Request has expired');
	}
	return reply.type('binary/octet-stream').send(Readable.from(content(core, job)));
}

function content({ state }: Core, { record, rules }: ExportJob): Iterable<string> {
	const { args, category } = record;
	const rows = select(state, CATEGORIES[category]!, {
		blueprints: args.blueprint_ids.length > 0 ? args.blueprint_ids : undefined,
		families: args.device_families.length > 0 ? args.device_families : undefined,
		filter: args.filter,
		sortBy: args.sort_by,
	});
	return csv(rows, rules.minBytes ?? 0);
}
