import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { retryWhileBusy } from '../../transport/routing/singleRequest';
import { fillPath } from '../../transport/routing/ids';
import { isDryRun } from '../../transport/routing/dryRun';
import { send } from '../../transport/http/request';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';
import { cancelSignal, ExecutionStopped, wait } from '../../transport/http/wait';
import { inputFieldName, inputFile } from '../preSend/files';
import { isSafeStorageUrl, storageText } from './url';

/** A place in storage that Kandji reserved for one file. */
interface Reservation {
	id?: string;
	post_url: string;
	/** Fields of the storage's own that must come before the file. */
	post_data: Record<string, string>;
	/** What Kandji calls the file from then on. */
	file_key: string;
}

interface Upload {
	/** Path that reserves the place, and the key of its body that takes the file's name. */
	reservePath: string;
	nameKey: string;
	/** Waits until Kandji accepts the file, where the API tells how far it is. */
	accepted?: (context: IExecuteSingleFunctions, reservation: Reservation) => Promise<void>;
}

/** Longest time in ms that an upload may take: as long as Kandji keeps the place reserved. */
const uploadTimeoutMs = 3_600_000;

/** Longest time in ms that Kandji may take with an uploaded file (vendor's documentation). */
export const processingBudgetMs = 300_000;

/** Sends the create or update that names an uploaded file, again while Kandji still processes the file. */
export const onceProcessed = retryWhileBusy({
	isRetryable: (status, text) => status === 503 && /still being processed/i.test(text),
	budgetMs: processingBudgetMs,
});

const nothingChanged = 'Nothing was changed in the library.';

const failure = (
	context: IExecuteSingleFunctions,
	message: string,
	cure: string,
	httpCode?: number,
): NodeApiError =>
	new NodeApiError(
		context.getNode(),
		{ message },
		{
			message,
			description: `${nothingChanged} ${cure}`,
			itemIndex: context.getItemIndex(),
			...(httpCode !== undefined && { httpCode: String(httpCode) }),
		},
	);

/**
 * Makes a pre-send that uploads the item's file and puts its `file_key` into the body, so that the
 * operation's own request creates or updates the library item with it. A dry run uploads nothing.
 *
 * @param collection where Input Data Field Name is, when it is not at the top level; it may be left out there
 */
export const withUpload = (upload: Upload, collection?: string): PreSend =>
	preSend(async function (options) {
		const name = inputFieldName(this, collection);
		if (name === undefined) return options;
		// A malformed id is refused before a large file is on its way.
		await fillPath(this, options.url, (parameter) => this.getNodeParameter(parameter));
		const file = await inputFile(this, name);
		let fileKey = `(key of ${file.name}, ${file.size} bytes)`;
		if (!isDryRun(this)) {
			const reservation = await reserve(this, upload, file.name);
			await toStorage(this, reservation, file, options);
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
		throw failure(context, 'Kandji named no place to upload the file to', 'Try again later.');
	}
	return { post_data: {}, ...reservation } as Reservation;
}

/** Sends the file to storage. The request is signed by its own fields and must not carry the token. */
async function toStorage(
	context: IExecuteSingleFunctions,
	{ post_url, post_data }: Reservation,
	file: File,
	{ proxy, skipSslCertificateValidation }: IHttpRequestOptions,
): Promise<void> {
	if (!isSafeStorageUrl(post_url)) {
		throw failure(
			context,
			'Kandji named an unsafe address to upload the file to',
			'The file was not sent, because the address is not an https one. Check API URL in the credential.',
		);
	}
	const form = new FormData();
	for (const [key, value] of Object.entries(post_data)) form.append(key, String(value));
	form.append('file', file);
	const signal = cancelSignal(context);
	let status = 0;
	let text = '';
	try {
		const response = (await context.helpers.httpRequest({
			method: 'POST',
			url: post_url,
			body: form,
			proxy,
			skipSslCertificateValidation,
			timeout: uploadTimeoutMs,
			abortSignal: signal,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as { statusCode: number; body: unknown };
		status = response.statusCode;
		text = storageText(response.body);
	} catch {
		// What axios throws holds the whole request, signed fields included.
	}
	if (signal?.aborted) throw new NodeOperationError(context.getNode(), new ExecutionStopped());
	if (status >= 200 && status < 300) return;
	if (status === 0) {
		throw failure(
			context,
			'The connection to storage broke before the file was there',
			'Check that a proxy or firewall lets n8n reach Kandji’s storage, and run the item again.',
		);
	}
	throw failure(
		context,
		`Storage refused the file with status ${status}${text === '' ? '' : `: ${text}`}`,
		'Run the item again; if it stays, the file may be too large.',
		status,
	);
}

/** First and longest pause in ms between two looks at an upload's status. */
const statusPauseMs = { first: 1_000, longest: 10_000 };

/** Waits until an in-house app's upload is validated, and throws when Kandji rejects it or takes too long. */
export async function untilValidated(
	context: IExecuteSingleFunctions,
	{ id }: Reservation,
): Promise<void> {
	const template = '/api/v1/library/ipa-apps/upload/{pending_upload_id}/status';
	const url = template.replace('{pending_upload_id}', encodeURIComponent(String(id)));
	const startedAt = Date.now();
	for (let pause = statusPauseMs.first; ; pause = Math.min(pause * 1.5, statusPauseMs.longest)) {
		const { body } = await send(context, { method: 'GET', url }, { path: template });
		const { status, reason } = body as { status?: string; reason?: string };
		const said = reason ? `: ${reason}` : '';
		switch (status) {
			case 'VALIDATED':
				return;
			case 'UPLOAD_FAILED':
				throw failure(
					context,
					`Kandji could not take the file over from storage${said}`,
					'The file may have been damaged on its way. Run the item again.',
				);
			case 'VALIDATE_FAILED':
				throw failure(
					context,
					`Kandji’s validation rejected the app${said}`,
					'Check that the file is a signed .ipa of an in-house app.',
				);
		}
		if (Date.now() - startedAt + pause > processingBudgetMs) {
			throw failure(
				context,
				'Kandji was still validating the app after 5 minutes',
				'Run the item again later: the file is uploaded anew.',
			);
		}
		await wait(pause, cancelSignal(context));
	}
}

/** How the file of a custom app gets to Kandji. */
export const customAppUpload: Upload = {
	reservePath: '/api/v1/library/custom-apps/upload',
	nameKey: 'name',
};

/** How the file of an in-house app gets to Kandji. */
export const inHouseAppUpload: Upload = {
	reservePath: '/api/v1/library/ipa-apps/upload',
	nameKey: 'filename',
	accepted: untilValidated,
};
