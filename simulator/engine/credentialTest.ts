import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';

import { createAdditionalData } from './additionalData';
import { MemoryCredentials, storedCredential, type KandjiCredential } from './credentials';
import { withIsolate } from './nodeWorkflow';
import { loadPackage } from './package';

interface RequestFailure {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

const testNode: INode = {
	id: 'temp',
	name: 'Temp-Node',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	credentials: { kandjiApi: storedCredential },
};

/**
 * The credential's "Test" button, step by step as n8n's CredentialsTester: the `test` request runs in
 * a RoutingNode without the node's request defaults, then the rules choose the message.
 */
export async function credentialTest(
	credential: KandjiCredential,
	credentialType = 'kandjiApi',
): Promise<INodeCredentialTestResult> {
	const loaded = await loadPackage();
	const { test } = loaded.loader.getCredential(credentialType).type;
	if (test === undefined) throw new Error(`${credentialType} has no test request`);

	const nodeType: INodeType = {
		description: {
			displayName: 'No Operation',
			name: testNode.type,
			group: [],
			version: 1,
			description: '',
			defaults: {},
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: credentialType, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: test.request },
				},
			],
		},
	};
	const nodeTypes: INodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => NodeHelpers.getVersionedNodeType(nodeType),
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [testNode], connections: {}, active: false, nodeTypes });
	const credentials = new MemoryCredentials(loaded, credential);
	const additionalData = createAdditionalData(credentials);
	const data = (await credentials.getDecrypted(
		additionalData,
		storedCredential,
		credentialType,
		'internal',
	)) as ICredentialDataDecryptedObject;
	const context = new ExecuteContext(
		workflow,
		testNode,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node: testNode, data: {}, source: null },
		[],
	);
	const routing = new RoutingNode(context, nodeType, {
		...storedCredential,
		type: credentialType,
		data,
	});
	try {
		await withIsolate(workflow, async () => await routing.runNode());
	} catch (error) {
		const { message, cause } = error as RequestFailure;
		if (cause?.response === undefined) {
			return { status: 'Error', message: cause?.code ?? message };
		}
		const { status, statusText } = cause.response;
		const rule = test.rules?.find(
			({ type, properties }) => type === 'responseCode' && properties.value === status,
		);
		return {
			status: 'Error',
			message: (rule?.properties.message ?? statusText) || `Received HTTP status code: ${status}`,
		};
	}
	return { status: 'OK', message: 'Connection successful!' };
}
