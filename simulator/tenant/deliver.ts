import { setTimeout as delay } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Core } from './core';
import type { ActiveFault } from './faults';
import { htmlBody, passageOf, statusBody } from './gate';
import { mutate } from './mutate';

/** What goes over the wire, or undefined where a fault has taken the connection over. */
type Payload = string | Buffer | null | undefined;

/**
 * The last step of every answer: notes whether the request was executed, then applies the faults that strike
 * after that. Returns the payload to send; undefined when nothing is to be sent by the framework any more.
 */
export function deliver(
	core: Core,
	request: FastifyRequest,
	reply: FastifyReply,
	payload: Payload,
): Payload {
	const passage = passageOf(request);
	if (!passage) return payload;
	const { entry, faults } = passage;
	if (reply.statusCode < 400) core.counters.execute(entry);
	entry.body = request.body;
	let result = payload;
	for (const fault of faults) {
		result = strikeAfter(core, fault, { reply, operation: entry.operation, payload: result });
		if (result === undefined) break;
	}
	if (typeof result === 'string' && reply.statusCode === 200) {
		core.faults.remember(entry.operation, result);
	}
	entry.status = result === undefined ? 0 : reply.statusCode;
	entry.ms = core.elapsed() - entry.at;
	core.counters.onAnswer?.(entry);
	return result;
}

function strikeAfter(
	core: Core,
	fault: ActiveFault,
	{ reply, operation, payload }: { reply: FastifyReply; operation: string; payload: Payload },
): Payload {
	const body = Buffer.from(payload ?? '');
	switch (fault.kind) {
		case 'status':
			if (!fault.execute) return payload;
			reply.code(fault.status).type('application/json');
			return JSON.stringify(statusBody(fault));
		case 'html':
			if (!fault.execute) return payload;
			reply.code(fault.status ?? 502).type('text/html');
			return htmlBody(fault);
		case 'errorBody':
			reply.code(200).type('application/json');
			return JSON.stringify(fault.body ?? { detail: 'Internal error.' });
		case 'empty':
			reply.code(200);
			return '';
		case 'redirect':
			reply.code(301).header('Location', fault.location);
			return '';
		case 'contentType':
			reply.type(fault.type ?? 'text/plain');
			return payload;
		case 'repeat':
			return core.faults.remembered(operation) ?? payload;
		case 'truncate':
			return body.subarray(0, body.length / 2);
		case 'mutate':
			if (fault.late) mutate(core, fault.mutation);
			return payload;
		case 'resetAfter':
			reply.raw.socket?.resetAndDestroy();
			return undefined;
		case 'cut':
			start(reply, body.length).write(body.subarray(0, body.length / 2), () => reply.raw.destroy());
			return undefined;
		case 'stall':
			start(reply, body.length).flushHeaders();
			return undefined;
		case 'trickle':
			void trickle(start(reply, body.length), body, fault.chunkBytes ?? 64, fault.everyMs ?? 20);
			return undefined;
		default:
			return payload;
	}
}

function start(reply: FastifyReply, length: number): ServerResponse {
	const { raw } = reply;
	raw.writeHead(reply.statusCode, {
		...(reply.getHeaders() as Record<string, string>),
		'content-length': String(length),
	});
	return raw;
}

async function trickle(
	raw: ServerResponse,
	body: Buffer,
	chunkBytes: number,
	everyMs: number,
): Promise<void> {
	for (let sent = 0; sent < body.length && !raw.destroyed; sent += chunkBytes) {
		raw.write(body.subarray(sent, sent + chunkBytes));
		await delay(everyMs);
	}
	raw.end();
}
