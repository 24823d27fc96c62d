import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { errorText } from '../../transport/http/errorText';
import { send } from '../../transport/http/request';
import { cancelSignal, ExecutionStopped } from '../../transport/http/wait';
import { isDryRun } from '../../transport/routing/dryRun';
import { fillPath } from '../../transport/routing/ids';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';
import { retryWhileBusy } from '../../transport/routing/singleRequest';
import { inputFieldName, inputFile } from '../fields/files';
import type { FailedOutcome } from '../../transport/http/outcomeError';
import { outcomeError } from '../../transport/http/outcomeError';
import { pollUntil } from '../../transport/http/pollUntil';
import { storageText, storageUrlOf, unsafeUrlHint } from './url';

/** A place in storage that Kandji reserved for one file. */
interface Reservation {
	id?: string;
	post_url: string;
	/** Storage's own form fields, which must come before the file. */
	post_data: Record<string, string>;
	/** Kandji's key for the file, which the library item refers to. */
	file_key: string;
}

interface Upload {
	/** Path that reserves the place, and the key of its body for the file's name. */
	reservePath: string;
	nameKey: string;
	/** Waits until Kandji accepts the file, where the API reports its progress. */
	accepted?: (context: IExecuteSingleFunctions, reservation: Reservation) => Promise<void>;
}

/** Longest duration of an upload in ms: Kandji keeps the place reserved for an hour. */
const uploadTimeoutMs = 3_600_000;

/** Longest time in ms that Kandji takes to process an uploaded file (vendor's documentation). */
export const processingBudgetMs = 300_000;

/** Sends the create or update with an uploaded file, again while Kandji is still processing the file. */
export const onceProcessed = retryWhileBusy({
	isRetryable: (status, text) => status === 503 && /still being processed/i.test(text),
	budgetMs: processingBudgetMs,
});

const uploadError = (context: IExecuteSingleFunctions, { hint, ...outcome }: FailedOutcome) =>
	outcomeError(context, { ...outcome, hint: `Nothing was changed in the library. ${hint}` });

/**
 * Makes a pre-send that uploads the item's file and adds its `file_key` to the body, so that the operation's
 * own request creates or updates the library item with it. A dry run uploads nothing.
 *
 * @param collection the collection with Input Data Field Name, where it is optional
 */
export const withUpload = (upload: Upload, collection?: string): PreSend =>
	preSend(async function (options) {
		const name = inputFieldName(this, collection);
		if (name === undefined) return options;
		// Refuses a malformed id before a large file is uploaded.
		await fillPath(this, options.url, (parameter) => this.getNodeParameter(parameter));
		const file = await inputFile(this, name);
		let fileKey = `(key of ${file.name}, ${file.size} bytes)`;
		if (!isDryRun(this)) {
			const reservation = await reserve(this, upload, file.name);
			await sendToStorage(this, reservation, file, options);
			await upload.accepted?.(this, reservation);
			fileKey = reservation.file_key;
		}
		options.body = { ...(options.body as IDataObject), file_key: fileKey };
		return options;
	});

async function reserve(
	context: IExecuteSingleFunctions,
	{ reservePath, nameKey }: Upload,
	fileName: string,
): Promise<Reservation> {
	const { body } = await send(context, {
		method: 'POST',
		url: reservePath,
		body: { [nameKey]: fileName },
	});
	const reservation = body as Partial<Reservation> | null;
	if (!reservation?.post_url || !reservation.file_key) {
		throw uploadError(context, {
			message: 'Kandji returned no upload URL',
			hint: 'Try again later.',
		});
	}
	return { post_data: {}, ...reservation } as Reservation;
}

/** Sends the file to storage. The request is signed by its own fields and must not carry the token. */
async function sendToStorage(
	context: IExecuteSingleFunctions,
	{ post_url: url, post_data: fields }: Reservation,
	file: File,
	settings: IHttpRequestOptions,
): Promise<void> {
	const safeUrl = await storageUrlOf(context, url);
	if (safeUrl === undefined) {
		throw uploadError(context, {
			message: 'Kandji returned an unsafe upload URL',
			hint: unsafeUrlHint(url),
		});
	}
	const form = new FormData();
	for (const [key, value] of Object.entries(fields)) form.append(key, String(value));
	form.append('file', file);
	const response = await postToStorage(context, safeUrl, form, settings);
	if (response === undefined) {
		throw uploadError(context, {
			message: 'The connection to storage was lost before the upload was complete',
			hint: "Check that no proxy or firewall blocks Kandji's storage, and run the item again.",
		});
	}
	const { statusCode: status, body } = response;
	if (status >= 200 && status < 300) return;
	const text = storageText(body);
	throw uploadError(context, {
		message: `Storage rejected the file with status ${status}${text === '' ? '' : `: ${text}`}`,
		hint: 'Run the item again. If this keeps happening, the file may be too large.',
		status,
	});
}

/** Returns undefined when the connection broke: the error holds the signed fields, so nothing of it is shown. */
async function postToStorage(
	context: IExecuteSingleFunctions,
	url: string,
	body: FormData,
	{ proxy, skipSslCertificateValidation }: IHttpRequestOptions,
): Promise<{ statusCode: number; body: unknown } | undefined> {
	const signal = cancelSignal(context);
	const response = (await context.helpers
		.httpRequest({
			method: 'POST',
			url,
			body,
			proxy,
			skipSslCertificateValidation,
			timeout: uploadTimeoutMs,
			abortSignal: signal,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})
		.catch(() => undefined)) as { statusCode: number; body: unknown } | undefined;
	if (signal?.aborted) throw new NodeOperationError(context.getNode(), new ExecutionStopped());
	return response;
}

/** What went wrong with an upload, by its status. */
const rejections: Record<string, FailedOutcome> = {
	UPLOAD_FAILED: {
		message: 'Kandji could not read the uploaded file',
		hint: 'The file may have been damaged during the upload. Run the item again.',
	},
	VALIDATE_FAILED: {
		message: 'Kandji rejected the app',
		hint: 'Check that the file is a signed .ipa of an in-house app.',
	},
};

/** Waits until an in-house app's upload is validated, and throws when Kandji rejects it or takes too long. */
export async function waitUntilValidated(
	context: IExecuteSingleFunctions,
	{ id }: Reservation,
): Promise<void> {
	const template = '/api/v1/library/ipa-apps/upload/{pending_upload_id}/status';
	const url = template.replace('{pending_upload_id}', encodeURIComponent(String(id)));
	const isValidated = await pollUntil(
		async () => {
			const { body } = await send(context, { method: 'GET', url }, { path: template });
			const { status = '', reason } = body as { status?: string; reason?: unknown };
			const rejection = rejections[status];
			if (rejection !== undefined) {
				const text = errorText(reason);
				const message = `${rejection.message}${text === undefined ? '' : `: ${text}`}`;
				throw uploadError(context, { ...rejection, message });
			}
			return status === 'VALIDATED' || undefined;
		},
		{
			firstPauseMs: 1_000,
			longestPauseMs: 10_000,
			timeoutMs: processingBudgetMs,
			signal: cancelSignal(context),
		},
	);
	if (isValidated === undefined) {
		throw uploadError(context, {
			message: 'Kandji was still validating the app after 5 minutes',
			hint: 'Run the item again later. The file will be uploaded again.',
		});
	}
}

export const customAppUpload: Upload = {
	reservePath: '/api/v1/library/custom-apps/upload',
	nameKey: 'name',
};

export const inHouseAppUpload: Upload = {
	reservePath: '/api/v1/library/ipa-apps/upload',
	nameKey: 'filename',
	accepted: waitUntilValidated,
};
