/** How often requests were received and executed. */
export interface Tally {
	/** Requests that reached the server. */
	received: number;
	/** Requests whose handler ran and succeeded, whether or not the answer arrived. */
	executed: number;
}

/** One request as the server saw it. */
export interface LoggedRequest {
	/** Milliseconds since the tenant started. */
	at: number;
	origin: 'api' | 'storage';
	method: string;
	/** Path with query. */
	url: string;
	/** "METHOD /path/{template}", or the bare path where no route matched. */
	operation: string;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
	/** 0 while unanswered, and where the connection was cut instead. */
	status: number;
	executed: boolean;
	/** Kinds of the faults that hit it. */
	faults: string[];
	/** Milliseconds from arrival to the answer. */
	ms: number;
}

/** Operations that cannot be undone and must never be executed twice. */
export const DESTRUCTIVE: readonly string[] = [
	'DELETE /api/v1/devices/{device_id}',
	'DELETE /api/v1/blueprints/{blueprint_id}',
	'DELETE /api/v1/users/{user_id}',
	'DELETE /api/v1/integrations/apple/ade/{ade_token_id}',
	'POST /api/v1/devices/{device_id}/action/erase',
	'POST /api/v1/devices/{device_id}/action/lock',
	'POST /api/v1/devices/{device_id}/action/deleteuser',
	'POST /api/v1/devices/{device_id}/action/clearpasscode',
	'POST /api/v1/devices/{device_id}/action/resetworkprofilepasscode',
];

/**
 * The largest number of `times`, in ascending milliseconds, that certainly lie within any second.
 *
 * @param earliest when each of them may have been, if its time was noticed late
 */
export function mostInASecond(
	times: readonly number[],
	earliest: readonly number[] = times,
): number {
	let most = 0;
	let first = 0;
	for (let last = 0; last < times.length; last++) {
		while (times[last]! - earliest[first]! >= 1000) first++;
		most = Math.max(most, last - first + 1);
	}
	return most;
}

const LOG_SIZE = 20_000;
const TIMES_SIZE = 1_000_000;

/** Counts what the tenant was asked and what it did. */
export class Counters {
	total: Tally = { received: 0, executed: 0 };
	/** By "METHOD /path/{template}". */
	operations: Record<string, Tally> = {};
	/** The newest requests, oldest first. */
	log: LoggedRequest[] = [];
	/** Told of every answer of the API; {@link reset} keeps it. */
	onAnswer?: (entry: LoggedRequest) => void;
	private times: number[] = [];
	private earliest: number[] = [];

	/** The destructive operations among {@link operations}. */
	get destructive(): Record<string, Tally> {
		const entries = Object.entries(this.operations);
		return Object.fromEntries(entries.filter(([operation]) => DESTRUCTIVE.includes(operation)));
	}

	/**
	 * Notes an arrival. Requests to the storage origin are logged, not counted.
	 *
	 * @param waitedMs how long before it was noticed it may have arrived
	 */
	receive(entry: LoggedRequest, waitedMs = 0): void {
		this.log.push(entry);
		if (this.log.length > LOG_SIZE) this.log.splice(0, LOG_SIZE / 2);
		if (entry.origin === 'storage') return;
		this.total.received++;
		this.tally(entry.operation).received++;
		this.times.push(entry.at);
		this.earliest.push(entry.at - waitedMs);
		if (this.times.length > TIMES_SIZE) {
			for (const list of [this.times, this.earliest]) list.splice(0, TIMES_SIZE / 2);
		}
	}

	/** Notes that the request's handler succeeded. */
	execute(entry: LoggedRequest): void {
		entry.executed = true;
		this.total.executed++;
		this.tally(entry.operation).executed++;
	}

	/** The largest number of arrivals in any second, however late this process noticed them. */
	maxPerSecond(): number {
		return mostInASecond(this.times, this.earliest);
	}

	reset(): void {
		this.total = { received: 0, executed: 0 };
		this.operations = {};
		this.log = [];
		this.times = [];
		this.earliest = [];
	}

	private tally(operation: string): Tally {
		return (this.operations[operation] ??= { received: 0, executed: 0 });
	}
}
