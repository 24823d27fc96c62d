import type { IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { cancelSignal, ExecutionStopped, wait } from '../../transport/http/wait';
import { CsvError } from './csv';
import { isSafeStorageUrl, storageText } from './url';

/** A file on its way, in pieces. */
export type FileStream = Exclude<
	Parameters<IExecuteSingleFunctions['helpers']['prepareBinaryData']>[0],
	Buffer
>;

/** What kept a download from being whole. */
interface Obstacle {
	message: string;
	cure: string;
	status?: number;
	/** True when it may be gone after a pause. */
	mayPass?: boolean;
}

/** Longest silence of storage in ms. */
const silenceMs = 120_000;

/** How often storage is asked, and the pause in ms before the second time. */
const maxTries = 3;
const pauseMs = 1_000;

/** Longest answer in characters that is read of a refusal. */
const maxRefusal = 4_096;

async function startOf(content: FileStream): Promise<string> {
	let text = '';
	for await (const piece of content as AsyncIterable<Buffer>) {
		text += piece.toString();
		if (text.length > maxRefusal) break;
	}
	return text;
}

function refusal(status: number, text: string): Obstacle {
	if (status === 403 && /expired/i.test(text)) {
		return {
			status,
			message: 'The link to the file has expired',
			cure: 'Kandji’s links are good for 48 hours. Run the item again to get a new one, and check the clock of this n8n.',
		};
	}
	return {
		status,
		message: `Storage refused the download with status ${status}${text === '' ? '' : `: ${text}`}`,
		cure: 'Run the item again; if it stays, check that no proxy changes the address.',
		mayPass: status >= 500,
	};
}

const broken: Obstacle = {
	message: 'The connection to storage broke before the file was complete',
	cure: 'Check that a proxy or firewall lets n8n reach Kandji’s storage, and run the item again.',
	mayPass: true,
};

type Attempt<T> = { value: T; obstacle?: undefined } | { obstacle: Obstacle };

async function attempt<T>(
	context: IExecuteSingleFunctions,
	request: IHttpRequestOptions,
	take: (content: FileStream) => Promise<T>,
): Promise<Attempt<T>> {
	try {
		const { statusCode, body } = (await context.helpers.httpRequest(request)) as {
			statusCode: number;
			body: FileStream;
		};
		if (statusCode === 200) return { value: await take(body) };
		return { obstacle: refusal(statusCode, storageText(await startOf(body))) };
	} catch (error) {
		// What else is thrown here may hold the whole signed address, and is not shown.
		return error instanceof CsvError
			? { obstacle: { message: error.message, cure: 'Return the file to look at it.' } }
			: { obstacle: broken };
	}
}

/**
 * Downloads a file from Kandji's storage. The address is signed by itself, and the token is not sent there.
 *
 * @param take consumes the file; called anew when the connection broke
 * @param settings proxy and certificate settings of the node
 * @throws NodeApiError when the address is unsafe, or the file did not come whole
 */
export async function download<T>(
	context: IExecuteSingleFunctions,
	url: unknown,
	take: (content: FileStream) => Promise<T>,
	{ proxy, skipSslCertificateValidation }: Partial<IHttpRequestOptions>,
): Promise<T> {
	const fail = ({ message, cure, status }: Obstacle): NodeApiError =>
		new NodeApiError(
			context.getNode(),
			{ message },
			{
				message,
				description: cure,
				itemIndex: context.getItemIndex(),
				...(status !== undefined && { httpCode: String(status) }),
			},
		);
	if (!isSafeStorageUrl(url)) {
		throw fail({
			message: 'Kandji named an unsafe address to download the file from',
			cure: 'Nothing was downloaded, because the address is not an https one. Check API URL in the credential.',
		});
	}
	const signal = cancelSignal(context);
	const request: IHttpRequestOptions = {
		method: 'GET',
		url: url as string,
		proxy,
		skipSslCertificateValidation,
		timeout: silenceMs,
		abortSignal: signal,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	for (let tries = 1; ; tries++) {
		const outcome = await attempt(context, request, take);
		if (signal?.aborted) throw new NodeOperationError(context.getNode(), new ExecutionStopped());
		if (outcome.obstacle === undefined) return outcome.value;
		if (!outcome.obstacle.mayPass || tries === maxTries) throw fail(outcome.obstacle);
		await wait(pauseMs * tries, signal);
	}
}
