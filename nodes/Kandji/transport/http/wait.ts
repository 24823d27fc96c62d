import { sleep } from 'n8n-workflow';

/** Longest time in ms until a wait notices that the execution was stopped. */
const stopCheckMs = 200;

/** Thrown out of a wait when the user stops the execution. */
export class ExecutionStopped extends Error {
	constructor() {
		super('The execution was stopped');
	}
}

/** The execution's cancel signal where the context has one (pickers and polls have none). */
export function cancelSignal(context: object): AbortSignal | undefined {
	const getSignal = (context as { getExecutionCancelSignal?: () => AbortSignal | undefined })
		.getExecutionCancelSignal;
	return getSignal?.call(context);
}

/**
 * Waits `ms` milliseconds, or until the execution is stopped.
 *
 * @throws ExecutionStopped within {@link stopCheckMs} ms of the stop
 */
export async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
	const end = performance.now() + ms;
	for (;;) {
		if (signal?.aborted) throw new ExecutionStopped();
		const left = end - performance.now();
		if (left <= 0) return;
		await sleep(signal === undefined ? left : Math.min(left, stopCheckMs));
	}
}
