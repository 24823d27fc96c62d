import { getAdditionalKeys } from 'n8n-core';
import {
	ICredentialsHelper,
	NodeHelpers,
	UnexpectedError,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import type { LoadedPackage } from './package';

/** The fields of the Kandji API credential; what is left out takes its default. */
export interface KandjiCredential {
	subdomain?: string;
	region?: string;
	apiUrl?: string;
	token?: string;
	readOnly?: boolean | string;
	storageHosts?: string;
}

/** The one stored credential that every node of the package is given. */
export const storedCredential = { id: '1', name: 'Kandji account' };

const resolverNode: INode = {
	id: 'credential',
	name: 'Credential',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** n8n's CredentialsHelper with the credential in memory: defaults, expressions and authentication as there. */
export class MemoryCredentials extends ICredentialsHelper {
	private readonly workflow: Workflow;

	constructor(
		private readonly loaded: LoadedPackage,
		private readonly data: KandjiCredential,
	) {
		super();
		this.workflow = new Workflow({
			nodes: [resolverNode],
			connections: {},
			active: false,
			nodeTypes: loaded.nodeTypes,
		});
	}

	private type(name: string): ICredentialType {
		return this.loaded.loader.getCredential(name).type;
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		return this.type(name).properties;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		name: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		if (raw) return { ...this.data };
		const properties = this.getCredentialsProperties(name);
		const filled = NodeHelpers.getNodeParameters(
			properties,
			this.data as INodeParameters,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		if (resolve) {
			return resolve.workflow.expression.getParameterValue(
				filled as INodeParameters,
				resolve.runExecutionData,
				resolve.runIndex,
				resolve.itemIndex,
				resolve.node.name,
				resolve.connectionInputData,
				mode,
				keys,
				executeData,
				false,
				filled,
			) as ICredentialDataDecryptedObject;
		}
		await this.workflow.expression.acquireIsolate();
		try {
			return this.workflow.expression.getComplexParameterValue(
				resolverNode,
				filled as INodeParameters,
				mode,
				keys,
				undefined,
				undefined,
				filled,
			) as ICredentialDataDecryptedObject;
		} finally {
			await this.workflow.expression.releaseIsolate();
		}
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		name: string,
		requestOptions: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type(name);
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		if (authenticate === undefined || workflow === undefined || node === undefined) {
			return requestOptions;
		}
		const { headers = {}, qs = {} } = authenticate.properties;
		const evaluate = (value: unknown) =>
			String(
				workflow.expression.getSimpleParameterValue(
					node,
					value as string,
					'internal',
					{ $credentials: credentials },
					undefined,
					'',
				) ?? '',
			);
		for (const [part, values] of [
			['headers', headers],
			['qs', qs],
		] as const) {
			const target = (requestOptions[part] ??= {});
			for (const [key, value] of Object.entries(values)) target[key] = evaluate(value);
		}
		return requestOptions;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new UnexpectedError('Credentials are not stored');
	}

	async updateCredentials(): Promise<void> {
		throw new UnexpectedError('Credentials are not stored');
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new UnexpectedError('Credentials are not stored');
	}
}
