import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { createAdditionalData } from './additionalData';
import { MemoryCredentials, storedCredential, type KandjiCredential } from './credentials';
import { loadPackage } from './package';

/** One node by itself, as n8n builds it to poll a trigger or to fill a picker. */
export interface NodeWorkflow {
	workflow: Workflow;
	node: INode;
	nodeType: INodeType;
	additionalData: IWorkflowExecuteAdditionalData;
}

/** @param nodeName the node's own name in the package: `kandji`, `kandjiTrigger` */
export async function createNodeWorkflow(
	nodeName: string,
	parameters: INodeParameters,
	credential: KandjiCredential,
	staticData?: IDataObject,
): Promise<NodeWorkflow> {
	const loaded = await loadPackage();
	const type = `${loaded.name}.${nodeName}`;
	const nodeType = loaded.nodeTypes.getByNameAndVersion(type);
	const workflow = new Workflow({
		id: '1',
		name: 'Workflow',
		nodes: [
			{
				id: '1',
				name: nodeType.description.displayName,
				type,
				typeVersion: Number(nodeType.description.version),
				position: [0, 0],
				parameters,
				credentials: { kandjiApi: storedCredential },
			},
		],
		connections: {},
		active: true,
		nodeTypes: loaded.nodeTypes,
		staticData,
	});
	const node = workflow.getNode(nodeType.description.displayName);
	if (node === null) throw new Error(`The workflow lost its node ${nodeName}`);
	const additionalData = createAdditionalData(new MemoryCredentials(loaded, credential));
	return { workflow, node, nodeType, additionalData };
}

/** Runs `task` while the workflow holds an isolated VM for its expressions. */
export async function withIsolate<T>(workflow: Workflow, task: () => Promise<T>): Promise<T> {
	await workflow.expression.acquireIsolate();
	try {
		return await task();
	} finally {
		await workflow.expression.releaseIsolate();
	}
}
