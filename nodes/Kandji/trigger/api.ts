import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { apiError, nodeError } from '../transport/http/errors';
import type { ListReading } from '../transport/lists/rowReceiver';
import { readList } from '../transport/lists/readList';
import type { ApiResponse } from '../transport/http/request';
import { send } from '../transport/http/request';
import type { Row } from './row';

/** Time in ms that n8n gives a poll outside its durable scheduler; older releases have no `getPollBudgetMs`. */
const defaultBudgetMs = 300_000;

/** Most records without an ID that one warning names. */
const maxNamed = 5;

/** Fields that tell a person which record is meant, the best first. */
const namingFields = [
	'serial_number',
	'device_serial_number',
	'device_name',
	'threat_name',
	'cve_id',
	'name',
	'action',
	'activity_type',
	'target_id',
	'occurred_at',
	'activity_time',
	'detection_date',
	'first_detection_date',
];

/** The first three values of a record that tell which one it is. */
function describeRow(row: Row): string {
	const values = namingFields.flatMap((field) => {
		const value = row[field];
		return typeof value === 'string' && value !== '' ? [`${field} ${value.slice(0, 80)}`] : [];
	});
	return values.slice(0, 3).join(', ') || 'one without a name';
}

type Reading = Pick<ListReading, 'overlap' | 'pagination' | 'receive' | 'restart'>;

/** A list for {@link Api.readList}. */
export interface ApiList extends Reading {
	path: string;
	query: IDataObject;
}

/** The tenant's API for one poll: keeps to the poll's budget, and knows the server's clock. */
export class Api {
	private serverTime?: number;

	private readonly budgetMs: number;

	/** When the poll began, in ms on the monotonic clock. */
	readonly startedAt = performance.now();

	/** How many requests the poll has sent. */
	requests = 0;

	private readonly context: IPollFunctions;

	constructor(context: IPollFunctions) {
		this.budgetMs = context.getPollBudgetMs?.() ?? defaultBudgetMs;
		// n8n reuses one context for all polls of a workflow, and credentials are cached by context: each poll reads its own.
		this.context = Object.create(context) as IPollFunctions;
	}

	/** Whether n8n's durable scheduler started the poll: it gives less time than other polls have. */
	get isScheduled(): boolean {
		return this.budgetMs !== defaultBudgetMs;
	}

	/** The server's time in ms, from the last response; until then this machine's. */
	now(): number {
		return this.serverTime ?? Date.now();
	}

	/** Says something in n8n's log. */
	warn(message: string): void {
		this.context.logger.warn(`Kandji Trigger: ${message}`);
	}

	/** Names in n8n's log the records of a list that have no ID, and therefore no event. */
	warnOfUnnamed(path: string, rows: readonly Row[]): void {
		if (rows.length === 0) return;
		const names = rows.slice(0, maxNamed).map(describeRow).join('; ');
		const others = rows.length > maxNamed ? ` and ${rows.length - maxNamed} more` : '';
		this.warn(`GET ${path} returned records without an ID, which are skipped: ${names}${others}`);
	}

	/** Throws the error for a response that cannot be used. */
	fail(path: string, problem: string): never {
		throw apiError(this.context, { path, problem });
	}

	/**
	 * Sends one request.
	 *
	 * @throws NodeApiError when the poll's budget is used up, and what `send` throws
	 */
	async get(path: string, qs: IDataObject): Promise<ApiResponse> {
		if (performance.now() - this.startedAt > this.budgetMs) {
			const message = `The poll did not finish within the ${Math.round(this.budgetMs / 1000)} seconds that n8n allows`;
			const description =
				'No event is lost: the next poll continues from the same state. If this happens again, choose fewer events, filter by platform, or raise N8N_SCHEDULER_POLL_TIMEOUT in n8n.';
			throw nodeError(this.context, { message, description }, { level: 'warning' });
		}
		this.requests++;
		const response = await send(this.context, { method: 'GET', url: path, qs });
		const date = Date.parse(String(response.headers.date));
		if (!Number.isNaN(date)) this.serverTime = date;
		return response;
	}

	/** Reads a list to its end, or until `receive` stops it. */
	async readList({ path, query, ...reading }: ApiList): Promise<void> {
		await readList({
			...reading,
			wanted: Infinity,
			fetch: async (page) => await this.get(path, { ...query, ...page }),
			fail: (problem) => this.fail(path, problem),
		});
	}
}
