import { offset } from './dates';
import type { TenantState } from './index';

/** How exports behave; each new one takes a copy. */
export interface ExportRules {
	afterMs: number;
	/** Polls of the export before it is ready, in addition to `afterMs`. */
	afterPolls: number;
	/** Makes it fail with this message. */
	error?: string;
	/** The status at its end, in place of `success` or `failed`. */
	finalStatus?: string;
	/** Repeats the rows until the file has at least this many bytes. */
	minBytes?: number;
}

/** A Prism export as the API returns it, with its progress. */
export interface PrismExport {
	id: string;
	/** `pending`, then `success` or `failed`. */
	status: string;
	category: string;
	args: {
		filter: Record<string, unknown>;
		columns: string[];
		sort_by: string;
		blueprint_ids: string[];
		device_families: string[];
	};
	error_msg: string | null;
	path: string | null;
	signed_url: string | null;
	created_at: string;
	updated_at: string;
}

/** What the tenant keeps beside an export. */
export interface ExportJob {
	record: PrismExport;
	rules: ExportRules;
	created: number;
	polls: number;
	signature: string;
}

/** Signed URLs are valid for 48 hours. */
export const SIGNED_SECONDS = 172_800;

/** Updates the status of an export. `origin` is the storage server's. */
export function settleExport(state: TenantState, job: ExportJob, origin: string): void {
	const now = state.clock.now();
	const { record, rules } = job;
	if (record.status !== 'pending') return;
	if (now - job.created < rules.afterMs || job.polls < rules.afterPolls) return;
	record.updated_at = offset(now);
	if (rules.error !== undefined) {
		record.status = rules.finalStatus ?? 'failed';
		record.error_msg = rules.error;
		return;
	}
	const file = `export-${record.created_at.slice(0, 10)}-${record.category}-${record.id}.csv`;
	record.status = rules.finalStatus ?? 'success';
	record.path = `visibility-export/28344fcc-579a-4d42-bcf7-cdbf97585066/${file}`;
	const url = new URL(`/storage/${record.path}`, origin);
	url.searchParams.set('X-Amz-Algorithm', 'AWS4-HMAC-SHA256');
	url.searchParams.set('X-Amz-Date', String(now));
	url.searchParams.set('X-Amz-Expires', String(SIGNED_SECONDS));
	url.searchParams.set('X-Amz-Signature', job.signature);
	record.signed_url = url.href;
}
