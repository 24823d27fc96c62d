import type {
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { outputFileField } from '../../shared/fields/files';
import { errorText } from '../../transport/http/errorText';
import { inputError } from '../../transport/http/errors';
import { outcomeError } from '../../transport/http/outcomeError';
import { pollUntil } from '../../transport/http/pollUntil';
import { send } from '../../transport/http/request';
import { cancelSignal } from '../../transport/http/wait';
import { isDryRun } from '../../transport/routing/dryRun';
import { inItemOrder } from '../../transport/routing/itemQueue';
import { sendItem } from '../../transport/routing/singleRequest';
import { downloadExport } from './exportFile';
import { prismRequestExportDescription } from './requestExport';

const showOnlyForPrismExport = { resource: ['prism'], operation: ['export'] };

/**
 * Polls an export until its file is ready.
 *
 * @throws NodeApiError when the export fails, or is not ready after `minutes`; it is not requested again
 */
async function waitUntilReady(
	context: IExecutePaginationFunctions,
	id: string,
	minutes: number,
): Promise<IDataObject> {
	const job = await pollUntil(
		async () => {
			const { body } = await send(
				context,
				{ method: 'GET', url: `/api/v1/prism/export/${encodeURIComponent(id)}` },
				{ path: '/api/v1/prism/export/{export_id}', ids: { export_id: id } },
			);
			const { status, error_msg: reason, signed_url: url } = body as IDataObject;
			const isFailed = ['error', 'failed'].includes(String(status).trim().toLowerCase());
			if (isFailed || reason) {
				throw outcomeError(context, {
					message: `The export failed: ${errorText(reason) ?? 'Kandji gave no reason'}`,
					hint: 'Run the item again. If this keeps happening, narrow the export down with blueprints, device families or a filter.',
				});
			}
			return url ? (body as IDataObject) : undefined;
		},
		{
			firstPauseMs: 1_000,
			longestPauseMs: 20_000,
			timeoutMs: minutes * 60_000,
			signal: cancelSignal(context),
		},
	);
	if (job !== undefined) return job;
	throw outcomeError(context, {
		message: `The export was not ready within ${minutes} minutes`,
		hint: `Kandji continues to create it, and it was not requested again. Check it later with Prism › Get Export and the ID ${id}, or increase the timeout under Options.`,
	});
}

/** Requests an export. Waiting for it and downloading it do not hold up the next items. */
export const exportRows = inItemOrder(async function (requestData) {
	const { timeoutMinutes = 15, redactPersonalData } = this.getNodeParameter(
		'options',
		{},
	) as IDataObject;
	if (redactPersonalData === true && this.getNodeParameter('exportOutput', 'file') === 'file') {
		throw inputError(
			this,
			'Redact Personal Data cannot change a file',
			'Nothing was sent. Set Output to Items, or turn off Options › Redact Personal Data.',
		);
	}
	const minutes = Number(timeoutMinutes);
	const requested = await sendItem(this, requestData);
	if (isDryRun(this)) return requested;
	const id = String(requested[0]?.json.id ?? '');
	if (id === '') {
		throw outcomeError(this, {
			message: 'Kandji returned no export ID',
			hint: 'Run the item again later.',
		});
	}
	const settings = requestData.options as Partial<IHttpRequestOptions>;
	return async () => await downloadExport(this, await waitUntilReady(this, id, minutes), settings);
});

export const prismExportDescription: INodeProperties[] = [
	...prismRequestExportDescription.map((field) => ({
		...field,
		displayOptions: { show: showOnlyForPrismExport },
	})),
	{
		displayName: 'Output',
		name: 'exportOutput',
		type: 'options',
		options: [
			{ name: 'File', value: 'file', description: 'The CSV file as binary data' },
			{
				name: 'Items',
				value: 'items',
				description: 'One item per record, with all values as text',
			},
		],
		default: 'file',
		displayOptions: { show: showOnlyForPrismExport },
		description: 'Whether to return a file or items',
	},
	outputFileField({ ...showOnlyForPrismExport, exportOutput: ['file'] }),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: showOnlyForPrismExport },
		options: [
			{
				displayName: 'Timeout (Minutes)',
				name: 'timeoutMinutes',
				type: 'number',
				typeOptions: { minValue: 0.01, numberPrecision: 2 },
				default: 15,
				description:
					'How long to wait for the export. After that the node fails, but the export continues.',
			},
		],
	},
];
