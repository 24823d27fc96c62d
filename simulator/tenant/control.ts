import type { FastifyInstance } from 'fastify';

import type { Core } from './core';
import type { FaultRule } from './faults';
import { detail } from './http/errors';
import { mutate, type Mutation } from './mutate';

/**
 * The control endpoint, for other processes: no token, no limits, no faults, loopback only.
 * GET /_control/counters, GET /_control/log, GET, POST and DELETE /_control/faults, POST /_control/reset,
 * POST /_control/mutate.
 */
export function registerControl(app: FastifyInstance, core: Core): void {
	app.addHook('onRequest', async (request) => {
		const isLoopback = /^(127\.|::1$|::ffff:127\.)/.test(request.ip);
		if (request.url.startsWith('/_control/') && !isLoopback) throw detail(403, 'Loopback only.');
	});

	app.get('/_control/counters', async () => ({
		...core.counters.total,
		operations: core.counters.operations,
		destructive: core.counters.destructive,
		max_per_second: core.counters.maxPerSecond(),
		devices: core.state.devices.size,
		pending_commands: core.state.pending.length,
	}));

	app.get('/_control/log', async () => core.counters.log);

	app.get('/_control/faults', async () => core.faults.list());

	app.post('/_control/faults', async (request) => {
		const rules = request.body as FaultRule | FaultRule[];
		return { ids: [rules].flat().map((rule) => core.faults.add(rule)) };
	});

	app.delete('/_control/faults', async () => {
		core.faults.clear();
		return {};
	});

	app.post('/_control/reset', async () => {
		core.reset();
		return {};
	});

	app.post('/_control/mutate', async (request) => {
		const mutations = [request.body as Mutation | Mutation[]].flat();
		try {
			return { results: mutations.map((mutation) => mutate(core, mutation)) };
		} catch (error) {
			throw detail(400, (error as Error).message);
		}
	});
}
