import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { cancelSignal, ExecutionStopped, wait } from '../../transport/http/wait';
import type { FailedOutcome } from '../../transport/http/outcomeError';
import { outcomeError } from '../../transport/http/outcomeError';
import { CsvError } from './csv';
import { storageText, storageUrlOf, unsafeUrlHint } from './url';

/** A file that is being downloaded, in chunks. */
export type FileStream = Exclude<
	Parameters<IExecuteSingleFunctions['helpers']['prepareBinaryData']>[0],
	Buffer
>;

interface DownloadFailure extends FailedOutcome {
	/** True for a failure that may be gone after a pause. */
	isTransient?: boolean;
}

/** Longest time in ms that storage may send nothing. */
const idleTimeoutMs = 120_000;

/** Attempts per download, and the pause in ms before the second one. */
const maxAttempts = 3;
const pauseMs = 1_000;

/** Most white space in bytes that a file may begin with before it is taken as it is. */
const maxBlankBytes = 65_536;

/** Longest error response, in characters, that is read. */
const maxErrorLength = 4_096;

async function startOf(content: FileStream): Promise<string> {
	let text = '';
	for await (const chunk of content as AsyncIterable<Buffer>) {
		text += chunk.toString();
		if (text.length > maxErrorLength) break;
	}
	return text;
}

/**
 * Waits for a file's first characters that are no white space, and puts them back. Empty when there are none.
 */
async function firstTextOf(content: FileStream): Promise<string> {
	let start = Buffer.alloc(0);
	while (!content.readableEnded && !content.destroyed) {
		const chunk = content.read() as Buffer | null;
		if (chunk !== null) {
			start = Buffer.concat([start, chunk]);
			const text = start.toString().trimStart();
			if (text === '' && start.length < maxBlankBytes) continue;
			content.unshift(start);
			return text;
		}
		await new Promise<void>((resolve) => {
			for (const event of ['readable', 'end', 'error', 'close']) content.once(event, resolve);
		});
	}
	return '';
}

/** Exports are CSV. A gateway or a proxy may return a page, or an error as XML or JSON, with status 200. */
const isNoCsv = (headers: IDataObject, text: string): boolean =>
	/html|xml|json/i.test(String(headers['content-type'] ?? '')) || /^[<{[]/.test(text);

const noCsv: DownloadFailure = {
	message: 'Storage returned a web page or an error instead of the CSV file',
	hint: "Check that no proxy or firewall answers in place of Kandji's storage, and run the item again.",
};

function rejection(status: number, text: string): DownloadFailure {
	if (status === 403 && /expired/i.test(text)) {
		return {
			status,
			message: 'The download URL has expired',
			hint: 'Download URLs are valid for 48 hours. Run the item again to get a new one, and check the system clock of n8n.',
		};
	}
	return {
		status,
		message: `Storage rejected the download with status ${status}${text === '' ? '' : `: ${text}`}`,
		hint: 'Run the item again. If this keeps happening, check that no proxy changes the URL.',
		isTransient: status >= 500,
	};
}

const connectionLost: DownloadFailure = {
	message: 'The connection to storage was lost before the download was complete',
	hint: "Check that no proxy or firewall blocks Kandji's storage, and run the item again.",
	isTransient: true,
};

type Attempt<T> = { value: T; failure?: undefined } | { failure: DownloadFailure };

async function attempt<T>(
	context: IExecuteSingleFunctions,
	request: IHttpRequestOptions,
	take: (content: FileStream) => Promise<T>,
): Promise<Attempt<T>> {
	try {
		const { statusCode, headers, body } = (await context.helpers.httpRequest(request)) as {
			statusCode: number;
			headers: IDataObject;
			body: FileStream;
		};
		if (statusCode !== 200) {
			return { failure: rejection(statusCode, storageText(await startOf(body))) };
		}
		if (isNoCsv(headers, await firstTextOf(body))) {
			body.destroy();
			return { failure: noCsv };
		}
		return { value: await take(body) };
	} catch (error) {
		// Any other error may contain the signed URL, so nothing of it is shown.
		return error instanceof CsvError
			? { failure: { message: error.message, hint: 'Set Output to File to inspect the file.' } }
			: { failure: connectionLost };
	}
}

/**
 * Downloads a file from Kandji's storage. The URL is signed, and the token is not sent.
 *
 * @param take consumes the file; called again for every attempt
 * @param settings proxy and certificate settings of the node
 * @throws NodeApiError when the URL is unsafe or the file is incomplete
 */
export async function download<T>(
	context: IExecuteSingleFunctions,
	url: unknown,
	take: (content: FileStream) => Promise<T>,
	{ proxy, skipSslCertificateValidation }: Partial<IHttpRequestOptions>,
): Promise<T> {
	const safeUrl = await storageUrlOf(context, url);
	if (safeUrl === undefined) {
		throw outcomeError(context, {
			message: 'Kandji returned an unsafe download URL',
			hint: unsafeUrlHint(url),
		});
	}
	const signal = cancelSignal(context);
	const request: IHttpRequestOptions = {
		method: 'GET',
		url: safeUrl,
		proxy,
		skipSslCertificateValidation,
		timeout: idleTimeoutMs,
		abortSignal: signal,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	for (let attempts = 1; ; attempts++) {
		const outcome = await attempt(context, request, take);
		if (signal?.aborted) throw new NodeOperationError(context.getNode(), new ExecutionStopped());
		if (outcome.failure === undefined) return outcome.value;
		if (!outcome.failure.isTransient || attempts === maxAttempts) {
			throw outcomeError(context, outcome.failure);
		}
		await wait(pauseMs * attempts, signal);
	}
}
