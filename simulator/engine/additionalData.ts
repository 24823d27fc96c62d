import { ExternalSecretsProxy } from 'n8n-core';
import {
	UnexpectedError,
	type ICredentialsHelper,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

const unavailable = async (): Promise<never> => {
	throw new UnexpectedError('Not available in the engine in process');
};

const address = 'http://127.0.0.1:5678';

/** What n8n hands to every execution besides the workflow (its `WorkflowExecuteAdditionalData.getBase`). */
export function createAdditionalData(
	credentialsHelper: ICredentialsHelper,
): IWorkflowExecuteAdditionalData {
	return {
		currentNodeExecutionIndex: 0,
		credentialsHelper,
		executionId: '1',
		externalSecretsProxy: new ExternalSecretsProxy(),
		executeWorkflow: unavailable,
		getRunExecutionData: unavailable,
		getRuntimeCredential: unavailable,
		startRunnerTask: unavailable,
		logAiEvent: () => {},
		variables: {},
		restApiUrl: `${address}/rest`,
		instanceBaseUrl: `${address}/`,
		webhookBaseUrl: `${address}/webhook`,
		webhookWaitingBaseUrl: `${address}/webhook-waiting`,
		webhookTestBaseUrl: `${address}/webhook-test`,
		formBaseUrl: `${address}/form`,
		formWaitingBaseUrl: `${address}/form-waiting`,
		formTestBaseUrl: `${address}/form-test`,
		mcpBaseUrl: `${address}/mcp`,
		mcpTestBaseUrl: `${address}/mcp-test`,
	};
}
