import { setTimeout as delay } from 'node:timers/promises';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Core } from './core';
import type { LoggedRequest } from './counters';
import { churn } from './churn';
import type { ActiveFault } from './faults';
import { ApiError, detail } from './http/errors';
import { mutate } from './mutate';

/** What the tenant knows of a request while it is answered. */
export interface Passage {
	entry: LoggedRequest;
	faults: ActiveFault[];
}

const passages = new WeakMap<FastifyRequest, Passage>();

/** The passage of a request that came through {@link admit}. */
export const passageOf = (request: FastifyRequest): Passage | undefined => passages.get(request);

export const GATEWAY_PAGE = (status: number): string =>
	`<html>\r\n<head><title>${status} Gateway</title></head>\r\n<body><center><h1>${status}</h1></center></body>\r\n</html>`;

/** The name of the operation that a request is for; the bare path where no route matched. */
function operationOf(request: FastifyRequest): string {
	const { operation } = request.routeOptions.config as { operation?: string };
	return operation ?? `${request.method} ${request.url.split('?')[0]}`;
}

/**
 * The checks before every handler: counting, faults, token, rate limit, permission, in this order.
 * Throws the answer when the request is rejected.
 */
export async function admit(
	core: Core,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<void> {
	const operation = operationOf(request);
	const path = request.url.split('?')[0]!;
	const entry: LoggedRequest = {
		at: core.elapsed(),
		origin: 'api',
		method: request.method,
		url: request.url,
		operation,
		headers: request.headers,
		body: undefined,
		status: 0,
		executed: false,
		faults: [],
		ms: 0,
	};
	core.counters.receive(entry, core.blocked.waitedMs());
	const faults = core.faults.hit(request.method, operation, path);
	entry.faults = faults.map((fault) => fault.kind);
	passages.set(request, { entry, faults });
	await slowDown(core, faults);
	for (const fault of faults) strikeBefore(core, fault, { operation, request, reply });
	if (reply.sent) return;
	const routed = (request.routeOptions.config as { operation?: string }).operation !== undefined;
	if (!routed) return;
	if (!isAuthorized(core, request.headers.authorization)) throw detail(401, 'Unauthorized');
	const verdict = core.rateLimit.take(entry.at);
	reply.headers(verdict.headers);
	if (!verdict.allowed) throw new ApiError(429, { message: 'API rate limit exceeded' });
	if (!core.permissions.allows(operation)) {
		throw detail(403, 'You do not have permission to perform this action.');
	}
}

function isAuthorized(core: Core, header: string | undefined): boolean {
	const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
	return !core.tokenRevoked && token === core.token;
}

/** Waits as long as the tenant's latency and the latency faults say. */
export async function slowDown(core: Core, faults: readonly ActiveFault[]): Promise<void> {
	let ms = core.settings.latencyMs + Math.random() * core.settings.jitterMs;
	for (const fault of faults) {
		if (fault.kind === 'latency') ms += fault.ms + Math.random() * (fault.jitterMs ?? 0);
	}
	if (ms > 0) await delay(ms);
}

function strikeBefore(
	core: Core,
	fault: ActiveFault,
	{
		operation,
		request,
		reply,
	}: { operation: string; request: FastifyRequest; reply: FastifyReply },
): void {
	switch (fault.kind) {
		case 'churn':
			churn(core.state, fault.insert ?? 1, fault.remove ?? 0);
			return;
		case 'permissionLoss':
			core.permissions.set(operation, false);
			return;
		case 'tokenRevoked':
			core.tokenRevoked = true;
			return;
		case 'hourBudget':
			core.rateLimit.setHourRemaining(fault.remaining, core.elapsed());
			return;
		case 'mutate':
			if (!fault.late) mutate(core, fault.mutation);
			return;
		case 'resetBefore':
			reply.hijack();
			request.raw.socket.resetAndDestroy();
			return;
		case 'rateLimit':
			throw tooMany(fault, reply);
		case 'status':
			if (!fault.execute) throw new ApiError(fault.status, statusBody(fault));
			return;
		case 'html':
			if (!fault.execute) throw new ApiError(fault.status ?? 502, htmlBody(fault), true);
			return;
	}
}

/** The body of a status fault. */
export function statusBody(fault: ActiveFault & { kind: 'status' }): unknown {
	return fault.body ?? { message: 'An invalid response was received from the upstream server' };
}

/** The page of an HTML fault. */
export function htmlBody(fault: ActiveFault & { kind: 'html' }): string {
	return GATEWAY_PAGE(fault.status ?? 502);
}

function tooMany(fault: ActiveFault & { kind: 'rateLimit' }, reply: FastifyReply): ApiError {
	const seconds = fault.seconds ?? 1;
	const style = fault.retryAfter ?? 'seconds';
	if (style === 'seconds') reply.header('Retry-After', String(seconds));
	if (style === 'date') {
		// HTTP dates have no milliseconds: rounded up, so that waiting until then is long enough.
		const date = new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000);
		reply.header('Retry-After', date.toUTCString());
	}
	if (fault.headers !== false) {
		reply.headers({
			'RateLimit-Limit': '50',
			'RateLimit-Remaining': '0',
			'RateLimit-Reset': seconds,
		});
	}
	return new ApiError(429, { message: 'API rate limit exceeded' });
}
