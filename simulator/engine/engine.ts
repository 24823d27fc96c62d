import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	type ExecutionError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type IRun,
	type ITaskData,
	type IWorkflowBase,
	type NodeExecutionHint,
} from 'n8n-workflow';

import { createAdditionalData } from './additionalData';
import { MemoryCredentials, storedCredential, type KandjiCredential } from './credentials';
import { loadPackage } from './package';
import { fillParameters } from './parameters';

export type { KandjiCredential } from './credentials';
export { loadNodeType } from './package';

/** A workflow as n8n exports it; identity and dates may be left out. */
export type ExportedWorkflow = Pick<IWorkflowBase, 'nodes' | 'connections'> &
	Partial<IWorkflowBase>;

export interface RunOptions {
	credential: KandjiCredential;
	/** What the trigger emits: bare JSON objects or whole items (binary data included); one empty item by default. */
	input?: Array<IDataObject | INodeExecutionData>;
	/** Aborting it is "stop execution": the run ends with status `canceled`. */
	signal?: AbortSignal;
	/** Called when a node starts, and when it ends with the number of items it put out. */
	onProgress?: (event: { node: string; items?: number }) => void;
}

export interface RunNodeOptions extends RunOptions {
	/** The node setting "On Error"; `stopWorkflow` by default. */
	onError?: INode['onError'];
	/** The node setting "Retry On Fail": the node is run once more. */
	retryOnFail?: boolean;
	/** The node's own name in the package; `kandji` by default. */
	node?: string;
}

export interface WorkflowResult {
	/** `success`, `error` or `canceled` */
	status: IRun['status'];
	/** What stopped the workflow, as n8n stores and shows it: a plain object with the error's own fields. */
	error?: ExecutionError;
	run: IRun;
	/** What the node put out on one of its outputs in its last run; empty when it did not run. */
	items(nodeName: string, output?: number): INodeExecutionData[];
}

export interface NodeResult extends Pick<WorkflowResult, 'status' | 'error' | 'run'> {
	/** The first output. */
	items: INodeExecutionData[];
	/** Every output; the second is the error branch with `continueErrorOutput`. */
	outputs: INodeExecutionData[][];
	hints: NodeExecutionHint[];
}

const toItem = (value: IDataObject | INodeExecutionData): INodeExecutionData =>
	typeof value.json === 'object' && value.json !== null
		? (value as INodeExecutionData)
		: { json: value as IDataObject };

const lastTask = (run: IRun, nodeName: string): ITaskData | undefined =>
	run.data.resultData.runData[nodeName]?.at(-1);

const outputsOf = (task: ITaskData | undefined): INodeExecutionData[][] =>
	(task?.data?.main ?? []).map((items) => items ?? []);

function createHooks(
	workflow: IWorkflowBase,
	onProgress: RunOptions['onProgress'],
): ExecutionLifecycleHooks {
	const hooks = new ExecutionLifecycleHooks('manual', '1', workflow);
	if (onProgress) {
		hooks.addHandler('nodeExecuteBefore', (node) => onProgress({ node }));
		hooks.addHandler('nodeExecuteAfter', (node, task) =>
			onProgress({ node, items: outputsOf(task).flat().length }),
		);
	}
	return hooks;
}

/** Gives the package's nodes the credential that the editor would have made the user choose. */
function withCredential(node: INode, packageName: string): INode {
	const isOurs = node.type.startsWith(`${packageName}.`);
	return isOurs ? { ...node, credentials: { kandjiApi: storedCredential } } : node;
}

/**
 * Runs a workflow in n8n-core's own WorkflowExecute, from its trigger. Besides this package's
 * nodes it may hold only triggers, No Operation and sticky notes.
 *
 * @throws when the workflow cannot start (no trigger, required parameter empty); an error of a node
 *   while it runs is in the result instead
 */
export async function runWorkflow(
	exported: ExportedWorkflow,
	{ credential, input = [{}], signal, onProgress }: RunOptions,
): Promise<WorkflowResult> {
	const loaded = await loadPackage();
	const nodes = exported.nodes.map((node) => withCredential(node, loaded.name));
	const base: IWorkflowBase = {
		id: '1',
		name: 'Workflow',
		active: false,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		activeVersionId: null,
		...exported,
		nodes,
	};
	const workflow = new Workflow({ ...base, nodeTypes: loaded.nodeTypes });
	const additionalData = createAdditionalData(new MemoryCredentials(loaded, credential));
	const hooks = createHooks(base, onProgress);
	// A stopped run is reported twice: at once as canceled, and once its node has ended, with its error.
	let status: IRun['status'] | undefined;
	hooks.addHandler('workflowExecuteAfter', (run) => {
		status ??= run.status;
	});
	additionalData.hooks = hooks;

	const startNode = workflow.getStartNode();
	if (startNode === undefined) throw new Error('The workflow has no trigger to start from');
	const running = new WorkflowExecute(additionalData, 'manual').run({
		workflow,
		startNode,
		pinData: { [startNode.name]: input.map(toItem) },
	});
	const stop = () => running.cancel();
	signal?.addEventListener('abort', stop, { once: true });
	if (signal?.aborted) stop();
	try {
		const run = await running;
		return {
			status: status ?? run.status,
			error: run.data.resultData.error,
			run,
			items: (nodeName, output = 0) => outputsOf(lastTask(run, nodeName))[output] ?? [],
		};
	} finally {
		signal?.removeEventListener('abort', stop);
	}
}

/**
 * Runs one Kandji node behind a trigger that emits `input`. Parameters that are left out take their
 * defaults, as in the editor.
 *
 * @throws when a parameter does not exist for the chosen operation, or a required one is empty
 */
export async function runNode(
	parameters: INodeParameters,
	{ onError, retryOnFail, node = 'kandji', ...options }: RunNodeOptions,
): Promise<NodeResult> {
	const { name, nodeTypes } = await loadPackage();
	const type = `${name}.${node}`;
	const { description } = nodeTypes.getByNameAndVersion(type);
	const result = await runWorkflow(
		{
			nodes: [
				{
					id: '1',
					name: 'Trigger',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: '2',
					name: 'Kandji',
					type,
					typeVersion: Number(description.version),
					position: [200, 0],
					parameters: fillParameters(description, parameters),
					onError,
					retryOnFail,
					maxTries: 2,
					waitBetweenTries: 0,
				},
			],
			connections: { Trigger: { main: [[{ node: 'Kandji', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		},
		options,
	);
	const task = lastTask(result.run, 'Kandji');
	const outputs = outputsOf(task);
	return {
		status: result.status,
		error: result.error,
		run: result.run,
		items: outputs[0] ?? [],
		outputs,
		hints: task?.hints ?? [],
	};
}
