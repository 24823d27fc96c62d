import { SupplyDataContext } from 'n8n-core';
import { createNodeAsTool } from 'n8n-core/dist/execution-engine/node-execution-context/utils/create-node-as-tool';
import { makeHandleToolInvocation } from 'n8n-core/dist/execution-engine/node-execution-context/utils/get-input-connection-data';
import {
	createEmptyRunExecutionData,
	NodeConnectionTypes,
	type IDataObject,
	type INodeParameters,
} from 'n8n-workflow';

import { createAdditionalData } from './additionalData';
import { MemoryCredentials, type KandjiCredential } from './credentials';
import { createNodeWorkflow, withIsolate } from './nodeWorkflow';
import { loadPackage } from './package';

export interface AgentToolOptions {
	credential: KandjiCredential;
	/** Calls of several tools with one ID are one execution. */
	executionId?: string;
}

/** What became of a call: the text that the model gets, or the error's message, which agents show it. */
export type ToolAnswer =
	{ output: string; error?: undefined } | { output?: undefined; error: string };

/** The node as a tool of an AI agent. */
export interface AgentTool {
	/** What a model sees of it. */
	name: string;
	description: string;
	schema: unknown;
	/** Calls that the model makes at the same time, with their arguments. */
	call(...calls: IDataObject[]): Promise<ToolAnswer[]>;
}

let executions = 0;

/**
 * Makes a tool of the node with n8n-core's own code for AI agents. Parameters that are left out take their defaults.
 *
 * @throws when a parameter does not exist in the tool's form
 */
export async function createAgentTool(
	parameters: INodeParameters,
	{ credential, executionId = `agent ${++executions}` }: AgentToolOptions,
): Promise<AgentTool> {
	const { workflow, node, nodeType } = await createNodeWorkflow(
		'kandjiTool',
		parameters,
		credential,
	);
	const lost = Object.keys(parameters).filter((name) => !(name in node.parameters));
	if (lost.length > 0) throw new Error(`The tool shows no parameter ${lost.join(', ')} here`);
	const additionalData = createAdditionalData(
		new MemoryCredentials(await loadPackage(), credential),
		executionId,
	);
	const runExecutionData = createEmptyRunExecutionData();
	const executeData = { node, data: { main: [[{ json: {} }]] }, source: null };
	const contextOf = (runIndex: number) =>
		new SupplyDataContext(
			workflow,
			node,
			additionalData,
			'manual',
			runExecutionData,
			runIndex,
			[{ json: {} }],
			{},
			NodeConnectionTypes.AiTool,
			executeData,
			[],
		);
	const handle = makeHandleToolInvocation(contextOf, node, nodeType, runExecutionData);
	const {
		name,
		description: toolDescription,
		schema,
	} = createNodeAsTool({
		node,
		nodeType,
		handleToolInvocation: handle,
	}).response;
	return {
		name,
		description: toolDescription,
		schema,
		call: async (...calls) =>
			await withIsolate(workflow, async () =>
				Promise.all(
					calls.map(async (args): Promise<ToolAnswer> => {
						try {
							return { output: String(await handle(args)) };
						} catch (error) {
							return { error: (error as Error).message };
						}
					}),
				),
			),
	};
}
