import type {
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { CsvObjects, CsvReader } from '../../shared/storage/csv';
import type { FileStream } from '../../shared/storage/download';
import { download } from '../../shared/storage/download';
import { minutesOf } from '../../shared/preSend/timeout';
import { inputError } from '../../transport/http/errors';
import { sendItem } from '../../transport/routing/singleRequest';
import { isDryRun } from '../../transport/routing/dryRun';
import { send } from '../../transport/http/request';
import { preSend, inItemOrder } from '../../transport/routing/itemQueue';
import { cancelSignal, wait } from '../../transport/http/wait';
import { categoryOptions, exportableCategoryOptions } from './categories';
import { prismRequestExportDescription } from './requestExport';

const showOnlyForPrismExport = { resource: ['prism'], operation: ['export'] };

/** Pauses in ms between two looks at an export: the first, and the longest. */
const firstPauseMs = 1_000;
const longestPauseMs = 20_000;

/** Refuses a category that cannot be exported; an expression can name one that is not in the list. */
export const checkExportable = preSend(async function (options) {
	const category = String(this.getNodeParameter('category', '') ?? '');
	if (exportableCategoryOptions.some(({ value }) => value === category)) return options;
	const known = categoryOptions.find(({ value }) => value === category);
	throw known === undefined
		? inputError(
				this,
				`There is no Prism category "${category.slice(0, 80)}"`,
				`Nothing was sent. Choose one of ${exportableCategoryOptions.map(({ value }) => String(value)).join(', ')}.`,
			)
		: inputError(
				this,
				`Kandji does not export the category ${known.name}`,
				`Nothing was sent. Use Prism › Get Many with the category ${known.name} and Return All instead.`,
			);
});

const failure = (
	context: IExecutePaginationFunctions,
	message: string,
	description: string,
): NodeApiError =>
	new NodeApiError(
		context.getNode(),
		{ message },
		{ message, description, itemIndex: context.getItemIndex() },
	);

/**
 * Looks at an export until its file is ready.
 *
 * @throws NodeApiError when it fails, or after `minutes`; it is not requested again
 */
async function untilReady(
	context: IExecutePaginationFunctions,
	id: string,
	minutes: number,
): Promise<IDataObject> {
	const end = Date.now() + minutes * 60_000;
	for (let pause = firstPauseMs; ; pause = Math.min(longestPauseMs, pause * 1.6)) {
		const { body } = await send(
			context,
			{ method: 'GET', url: `/api/v1/prism/export/${encodeURIComponent(id)}` },
			{ path: '/api/v1/prism/export/{export_id}', ids: { export_id: id } },
		);
		const { status, error_msg: reason, signed_url: url } = body as IDataObject;
		if (status === 'failed' || reason) {
			throw failure(
				context,
				`Kandji could not make the export: ${String(reason || 'it gave no reason')}`,
				'Run the item again. If it stays, narrow it down with blueprints, device families or a filter.',
			);
		}
		if (url) return body as IDataObject;
		if (Date.now() + pause > end) {
			throw failure(
				context,
				`The export was not ready within ${minutes} minutes`,
				`Kandji goes on with it, and it was not requested again. Look for it later with Prism › Get Export and the ID ${id}, or raise Options › Timeout.`,
			);
		}
		await wait(pause, cancelSignal(context));
	}
}

async function rowsOf(content: FileStream): Promise<INodeExecutionData[]> {
	const decoder = new TextDecoder();
	const reader = new CsvReader();
	const objects = new CsvObjects();
	const items: INodeExecutionData[] = [];
	const keep = (records: string[][]) => {
		for (const json of objects.take(records)) items.push({ json });
	};
	for await (const piece of content as AsyncIterable<Buffer>) {
		keep(reader.push(decoder.decode(piece, { stream: true })));
	}
	keep(reader.push(decoder.decode()));
	keep(reader.end());
	return items;
}

/** The name that Kandji gave the file, without its folders. */
const fileNameOf = ({ path, category }: IDataObject): string => {
	const name = String(path ?? '')
		.split(/[/\\]/)
		.at(-1);
	return name?.endsWith('.csv') ? name : `${String(category)}.csv`;
};

async function asFile(
	context: IExecutePaginationFunctions,
	job: IDataObject,
	settings: Partial<IHttpRequestOptions>,
): Promise<INodeExecutionData[]> {
	const field = String(context.getNodeParameter('binaryPropertyName', 'data')).trim() || 'data';
	const fileName = fileNameOf(job);
	const file = await download(
		context,
		job.signed_url,
		async (content) => await context.helpers.prepareBinaryData(content, fileName, 'text/csv'),
		settings,
	);
	const { id, category, created_at, updated_at } = job;
	return [
		{
			json: { export_id: id, category, created_at, updated_at, file_name: fileName },
			binary: { [field]: file },
		},
	];
}

/** Requests an export, and follows and downloads it while the next items go on. */
export const exportRows = inItemOrder(async function (requestData) {
	const { timeoutMinutes = 15 } = this.getNodeParameter('options', {}) as IDataObject;
	const minutes = minutesOf(this, timeoutMinutes);
	const requested = await sendItem(this, requestData);
	if (isDryRun(this)) return requested;
	const id = String(requested[0]?.json.id ?? '');
	if (id === '') throw failure(this, 'Kandji gave the export no ID', 'Run the item again later.');
	const settings = requestData.options as Partial<IHttpRequestOptions>;
	return async () => {
		const job = await untilReady(this, id, minutes);
		return this.getNodeParameter('exportOutput', 'file') === 'items'
			? await download(this, job.signed_url, rowsOf, settings)
			: await asFile(this, job, settings);
	};
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
			{ name: 'File', value: 'file', description: 'The CSV file as binary data, however large' },
			{ name: 'Items', value: 'items', description: 'One item for each row, all values as text' },
		],
		default: 'file',
		displayOptions: { show: showOnlyForPrismExport },
		description: 'What to return',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
		displayOptions: { show: { ...showOnlyForPrismExport, exportOutput: ['file'] } },
		description: 'Name of the binary field that holds the CSV file in the output',
	},
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
				typeOptions: { minValue: 1 },
				default: 15,
				description: 'How long to wait until Kandji has made the file',
			},
		],
	},
];
