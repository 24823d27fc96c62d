import { z } from 'zod';

import type { Resource } from '../core';
import { json } from '../http/body';
import { uuidParam } from '../http/call';
import { detail, notFound } from '../http/errors';
import { offset } from '../state/dates';
import { settleExport, type ExportJob } from '../state/exports';
import { CATEGORIES } from '../state/prism/categories';
import { select } from './prism';

const exportBody = z
	.object({
		category: z.string(),
		blueprint_ids: z.array(z.string()).default([]),
		device_families: z.array(z.enum(['Mac', 'iPhone', 'iPad', 'tvOS'])).default([]),
		filter: z.record(z.record(z.unknown())).default({}),
		sort_by: z.string().default(''),
	})
	.strict();

/** Prism exports: asked for, followed until they are done, then fetched from storage. */
export const prismExports: Resource = (add, core) => {
	const { state } = core;

	add('POST /api/v1/prism/export', (call) => {
		const { category: name, ...args } = json(call, exportBody);
		const category = CATEGORIES[name];
		if (!category?.exportable) throw detail(400, `Invalid category: ${name}`);
		// A filter that cannot work is refused now, not when the file is made.
		select(state, category, { filter: args.filter, sortBy: args.sort_by });
		const now = state.clock.now();
		const job: ExportJob = {
			record: {
				id: state.random.uuid(),
				status: 'pending',
				category: name,
				args: { ...args, columns: [] },
				error_msg: null,
				path: null,
				signed_url: null,
				created_at: offset(now),
				updated_at: offset(now),
			},
			rules: { ...state.exportRules },
			created: now,
			polls: 0,
			signature: state.random.hex(64),
		};
		state.exports.set(job.record.id, job);
		return job.record;
	});

	add('GET /api/v1/prism/export/{export_id}', (call) => {
		const job = state.exports.get(uuidParam(call, 'export_id'));
		if (!job) throw notFound();
		settleExport(state, job, core.storageOrigin);
		job.polls++;
		return job.record;
	});
};
