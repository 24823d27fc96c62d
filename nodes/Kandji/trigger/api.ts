import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { apiError, inputError } from '../transport/http/errors';
import type { ListReading } from '../transport/lists/readList';
import { readList } from '../transport/lists/readList';
import type { ApiResponse } from '../transport/http/request';
import { send } from '../transport/http/request';

/** Time in ms that n8n gives a poll that its durable scheduler did not start; older releases do not tell it. */
const defaultBudgetMs = 300_000;

type Reading = Pick<ListReading, 'overlap' | 'pagination' | 'receive' | 'restart'>;

/** A list for {@link Api.readList}. */
export interface ApiList extends Reading {
	path: string;
	query: IDataObject;
}

/** The tenant's API for one poll: within its time, and with the server's clock. */
export class Api {
	private serverTime?: number;

	private readonly budgetMs: number;

	private readonly startedAt = Date.now();

	private readonly context: IPollFunctions;

	constructor(context: IPollFunctions) {
		this.budgetMs = context.getPollBudgetMs?.() ?? defaultBudgetMs;
		// n8n keeps one context for all polls of a workflow; the credential may change between two of them.
		this.context = Object.create(context) as IPollFunctions;
	}

	/** True for a poll of n8n's durable scheduler, which gives less time than others have. */
	get isScheduled(): boolean {
		return this.budgetMs !== defaultBudgetMs;
	}

	/** The server's time in ms, as the last answer told it. */
	now(): number {
		return this.serverTime ?? Date.now();
	}

	/** Throws what a list does wrong. */
	fail(path: string, problem: string): never {
		throw apiError(this.context, { path, problem });
	}

	/**
	 * Sends one request.
	 *
	 * @throws NodeOperationError when the poll's time is over; else what `send` throws
	 */
	async get(path: string, qs: IDataObject): Promise<ApiResponse> {
		if (Date.now() - this.startedAt > this.budgetMs) {
			throw inputError(
				this.context,
				`Kandji could not be read within the ${Math.round(this.budgetMs / 1000)} seconds that n8n gives a poll`,
				'Nothing is lost: the next poll starts from the same place. Poll less often, or raise N8N_SCHEDULER_POLL_TIMEOUT in n8n.',
			);
		}
		const response = await send(this.context, { method: 'GET', url: path, qs });
		const date = Date.parse(String(response.headers.date));
		if (!Number.isNaN(date)) this.serverTime = date;
		return response;
	}

	/** Reads a list to its end, or until it is told that it is enough. */
	async readList({ path, query, ...reading }: ApiList): Promise<void> {
		await readList({
			...reading,
			wanted: Infinity,
			fetch: async (page) => await this.get(path, { ...query, ...page }),
			fail: (problem) => this.fail(path, problem),
		});
	}
}
