import { randomUUID } from 'node:crypto';
import { parse } from 'flatted';
import type {
	INodeExecutionData,
	INodeListSearchResult,
	INodeTypeDescription,
	IRunExecutionData,
} from 'n8n-workflow';
import pWaitFor from 'p-wait-for';
import type {
	CredentialTestResult,
	Execution,
	ExecutionSummary,
	NewCredential,
	NewWorkflow,
	Owner,
	PickerQuery,
	Session,
	StoredCredential,
	StoredWorkflow,
} from './types';

const RUNNING = new Set(['new', 'running', 'waiting']);
const EXECUTION_TIMEOUT_MS = 120_000;

/** n8n's REST API as the editor uses it. Every method throws an Error with n8n's own text. */
export class N8nClient {
	/** @param session another client's, to go on as the same browser */
	constructor(
		readonly url: string,
		readonly session: Session = { cookie: '', browserId: randomUUID() },
	) {}

	/** Creates the first account of a new n8n and signs in with it. */
	async setUpOwner(owner: Owner): Promise<void> {
		await this.request('POST', '/rest/owner/setup', owner);
	}

	/** Whether n8n is new: without an account, it offers to create the owner's. */
	async isNew(): Promise<boolean> {
		const { userManagement } = await this.request<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', '/rest/settings');
		return userManagement.showSetupOnFirstLoad;
	}

	async signIn({ email, password }: Pick<Owner, 'email' | 'password'>): Promise<void> {
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** All node types that n8n has loaded. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		const response = await this.fetch('GET', '/types/nodes.json');
		return (await response.json()) as INodeTypeDescription[];
	}

	/** Fetches any URL of n8n as the signed-in user, such as icons. */
	async fetch(method: string, path: string, body?: unknown): Promise<Response> {
		const response = await fetch(new URL(path, this.url), {
			method,
			headers: {
				'browser-id': this.session.browserId,
				// While n8n is busy it may close a connection that is kept open just as a request arrives on it.
				connection: 'close',
				cookie: this.session.cookie,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		}).catch((cause: unknown) => {
			throw new Error(`${this.url} does not answer`, { cause });
		});
		const session = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (session) this.session.cookie = session.split(';', 1)[0] ?? '';
		return response;
	}

	async createCredential(credential: NewCredential): Promise<StoredCredential> {
		return await this.request('POST', '/rest/credentials', credential);
	}

	/** Saves a credential and runs its type's test, as the editor does. */
	async testCredential(credential: NewCredential): Promise<CredentialTestResult> {
		const { id } = await this.createCredential(credential);
		return await this.request('POST', '/rest/credentials/test', {
			credentials: { id, ...credential },
		});
	}

	async createWorkflow(workflow: NewWorkflow): Promise<StoredWorkflow> {
		return await this.request('POST', '/rest/workflows', { active: false, ...workflow });
	}

	async activate({ id, versionId }: Pick<StoredWorkflow, 'id' | 'versionId'>): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	async deactivate({ id }: Pick<StoredWorkflow, 'id'>): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/**
	 * Runs a stored workflow by hand from its trigger node and waits until it ends.
	 * @returns the execution, whether it succeeded or not
	 */
	async run(
		workflow: StoredWorkflow,
		trigger: string,
		timeoutMs = EXECUTION_TIMEOUT_MS,
	): Promise<Execution> {
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflow.id}/run`,
			// Older versions run what they are sent, newer ones what is stored under the ID.
			{ workflowData: workflow, triggerToStartFrom: { name: trigger } },
		);
		return await this.finishedExecution(executionId, timeoutMs);
	}

	/** Waits until an execution ends. */
	async finishedExecution(id: string, timeoutMs = EXECUTION_TIMEOUT_MS): Promise<Execution> {
		return await pWaitFor(
			async () => {
				const execution = await this.execution(id);
				return !RUNNING.has(execution.status) && pWaitFor.resolveWith(execution);
			},
			{ interval: 100, timeout: timeoutMs },
		);
	}

	async execution(id: string): Promise<Execution> {
		const path = `/rest/executions/${id}`;
		const execution = await this.request<ExecutionSummary & { data: string }>('GET', path);
		return { ...execution, data: parse(execution.data) as IRunExecutionData };
	}

	/** The newest 100 executions that the filter lets through; n8n's later pages repeat some and miss others. */
	async executions(filter: { workflowId?: string; status?: string[] } = {}) {
		const query = new URLSearchParams({ filter: JSON.stringify(filter), limit: '100' });
		const { results } = await this.request<{ results: ExecutionSummary[] }>(
			'GET',
			`/rest/executions?${query.toString()}`,
		);
		return results;
	}

	/** One page of what a picker offers. */
	async pick({ nodeType, parameters, credential, ...query }: PickerQuery) {
		const { id, name, type } = credential;
		return await this.request<INodeListSearchResult>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				...query,
				nodeTypeAndVersion: { name: nodeType, version: 1 },
				currentNodeParameters: parameters,
				credentials: { [type]: { id, name } },
			},
		);
	}

	private async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.fetch(method, path, body);
		const text = await response.text();
		if (!response.ok) {
			const problem = text.startsWith('{') ? (JSON.parse(text) as { message?: string }) : {};
			throw new Error(`${method} ${path}: ${problem.message ?? response.status}`);
		}
		return (JSON.parse(text) as { data: T }).data;
	}
}

/** What a node put out on its first output, in its last run. */
export function outputOf(execution: Execution, nodeName: string): INodeExecutionData[] {
	const run = execution.data.resultData.runData[nodeName]?.at(-1);
	return run?.data?.main?.[0] ?? [];
}
