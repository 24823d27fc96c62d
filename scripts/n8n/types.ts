import type {
	ICredentialDataDecryptedObject,
	IRunExecutionData,
	IWorkflowBase,
} from 'n8n-workflow';

/** The first account of an n8n. The password needs 8 letters, a digit and a capital. */
export interface Owner {
	email: string;
	firstName: string;
	lastName: string;
	password: string;
}

/** Who is signed in; n8n ties the cookie to the browser that sends this id. */
export interface Session {
	cookie: string;
	browserId: string;
}

/** A credential as n8n takes it: `type` is the credential type's name. */
export interface NewCredential {
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

/** The outcome of a credential's test; `message` is what the editor shows. */
export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** What a workflow file holds. */
export type NewWorkflow = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'settings' | 'pinData'>>;

/** A workflow that n8n has stored. */
export type StoredWorkflow = IWorkflowBase & { id: string; versionId: string };

/** One execution as the executions list shows it. */
export interface ExecutionSummary {
	id: string;
	workflowId: string;
	mode: string;
	status: string;
}

/** An execution with its data. */
export interface Execution extends ExecutionSummary {
	data: IRunExecutionData;
}

/** What a picker (resource locator) is asked. */
export interface PickerQuery {
	nodeType: string;
	/** The list search's name in the node's description. */
	methodName: string;
	/** Path of the parameter, such as `parameters.deviceId`. */
	path: string;
	parameters: Record<string, unknown>;
	credential: StoredCredential;
	filter?: string;
	paginationToken?: string;
}

/** A stored credential, as a node names it. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}
