import type { IExecuteSingleFunctions } from 'n8n-workflow';

/** What the tools of an execution have done that cannot be undone. */
interface Taken {
	calls: number;
	/** The paths that were reached. */
	reached: Set<string>;
}

/** How many executions are remembered. The one that was used least lately is forgotten first. */
const mostExecutions = 1_000;

/** By workflow and execution: an agent's calls of its tools share nothing else. */
const takenInExecutions = new Map<string, Taken>();

function takenIn(context: IExecuteSingleFunctions): Taken {
	const key = JSON.stringify([context.getWorkflow().id, context.getExecutionId()]);
	const taken = takenInExecutions.get(key) ?? { calls: 0, reached: new Set<string>() };
	takenInExecutions.delete(key);
	takenInExecutions.set(key, taken);
	const [oldest] = takenInExecutions.keys();
	if (takenInExecutions.size > mostExecutions && oldest !== undefined) {
		takenInExecutions.delete(oldest);
	}
	return taken;
}

/** Counts a call of a tool, unless the context's execution has had `maximum` of them. */
export function takeCall(context: IExecuteSingleFunctions, maximum: number): boolean {
	const taken = takenIn(context);
	if (!(taken.calls < maximum)) return false;
	taken.calls++;
	return true;
}

/** Notes what an irreversible request of a tool reaches; false if one of the context's execution reached it before. */
export function reachFirstInExecution(context: IExecuteSingleFunctions, what: string): boolean {
	const { reached } = takenIn(context);
	if (reached.has(what)) return false;
	reached.add(what);
	return true;
}
