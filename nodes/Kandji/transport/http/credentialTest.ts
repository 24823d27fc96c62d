import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { checkToken, CredentialFieldError, getBaseUrl } from '../../../../credentials/baseUrl';
import type { ErrorText } from './errors';
import { describeFailure } from './errors';
import { findCode } from './request';

const path = '/api/v1/devices';

/** How long in ms the answer may take. */
const timeout = 30_000;

/** What is said of answers that have a cause of their own in a test, by their status. */
const textsByStatus: Record<number, ErrorText> = {
	401: {
		message: 'Kandji rejected this token',
		hint: 'It may be mistyped or revoked: create a new one in Kandji under Settings › Access. If it works elsewhere, it may have no permission to list devices: select "Device list" there.',
	},
	403: {
		message: 'This token has no permission to list devices',
		hint: 'In Kandji, open the token under Settings › Access and select "Device list". If it is selected, the token may be mistyped or revoked.',
	},
	404: {
		message: 'There is no Kandji API at this URL',
		hint: 'Check Subdomain and Region.',
	},
};

const failedTest = ({ message, hint }: ErrorText): INodeCredentialTestResult => ({
	status: 'Error',
	message: `${message}. ${hint}`,
});

/** Sends the cheapest request, and says what is wrong, if anything. */
async function outcomeOf(
	{ helpers }: ICredentialTestFunctions,
	credential: ICredentialDataDecryptedObject,
): Promise<ErrorText | undefined> {
	checkToken(credential);
	const { statusCode: status, body } = (await helpers.request({
		method: 'GET',
		uri: `${getBaseUrl(credential)}${path}`,
		qs: { limit: 1 },
		headers: { Accept: 'application/json', Authorization: `Bearer ${String(credential.token)}` },
		json: true,
		simple: false,
		resolveWithFullResponse: true,
		// The token must not go to another host.
		followRedirect: false,
		timeout,
	})) as { statusCode: number; body: unknown };
	if (status < 300) return undefined;
	return (
		textsByStatus[status] ??
		describeFailure({ path, status, body, secrets: [String(credential.token)] })
	);
}

/**
 * The credential's test. It is a function, because n8n shows a host that does not exist as a bare code when the test is a
 * request.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const problem = await outcomeOf(this, data);
		return problem === undefined
			? { status: 'OK', message: 'Connection successful!' }
			: failedTest(problem);
	} catch (error) {
		if (error instanceof CredentialFieldError) {
			return failedTest({ message: error.message, hint: error.description });
		}
		return failedTest(describeFailure({ path, code: findCode(error) }));
	}
}
