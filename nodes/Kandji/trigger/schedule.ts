/** Requests that a tenant accepts per hour, over all its tokens (vendor's documentation). */
const requestsPerHour = 10_000;

const hourMs = 3_600_000;

/** The last poll of a node. */
interface LastPoll {
	/** In ms, on the monotonic clock. */
	startedAt: number;
	isWarned: boolean;
}

/** The last poll of each node that had a state to continue from; an entry lives until n8n restarts. */
const lastPolls = new Map<string, LastPoll>();

/**
 * Notes a poll of a node.
 *
 * @param startedAt in ms, on the monotonic clock
 * @returns a warning, once for each node, that its polls need more requests than the tenant has in an hour
 */
export function scheduleWarning(
	node: string,
	startedAt: number,
	requests: number,
): string | undefined {
	const last = lastPolls.get(node);
	const perHour = last && Math.round((requests * hourMs) / (startedAt - last.startedAt));
	const isTooOften = perHour !== undefined && perHour > requestsPerHour;
	lastPolls.set(node, { startedAt, isWarned: last?.isWarned === true || isTooOften });
	if (!isTooOften || last?.isWarned) return undefined;
	const minutes = Math.ceil((requests * 60) / requestsPerHour);
	return `at this interval, polls of ${requests} requests take ${perHour} of the tenant’s ${requestsPerHour} requests per hour. Poll every ${minutes} minutes at most, choose fewer events, or filter by platform.`;
}
