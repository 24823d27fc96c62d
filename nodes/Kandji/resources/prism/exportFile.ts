import type {
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';

import { safeFileName } from '../../shared/fields/fileName';
import { outputFile } from '../../shared/fields/files';
import { CsvObjects, CsvReader } from '../../shared/storage/csv';
import type { FileStream } from '../../shared/storage/download';
import { download } from '../../shared/storage/download';

async function readItems(content: FileStream): Promise<INodeExecutionData[]> {
	const decoder = new TextDecoder();
	const reader = new CsvReader();
	const objects = new CsvObjects();
	const items: INodeExecutionData[] = [];
	const add = (records: string[][]) => {
		for (const json of objects.take(records)) items.push({ json });
	};
	for await (const chunk of content as AsyncIterable<Buffer>) {
		add(reader.push(decoder.decode(chunk, { stream: true })));
	}
	add(reader.push(decoder.decode()));
	add(reader.end());
	return items;
}

/** Kandji's name of the file, without its folders. */
function fileNameOf({ path, category }: IDataObject): string {
	const fallback = safeFileName(`${String(category)}.csv`, 'export.csv');
	const name = safeFileName(path, fallback);
	return /[^.]\.csv$/i.test(name) ? name : fallback;
}

/**
 * Downloads the file of an export, as a file or as items, whatever Output is set to.
 *
 * @param job the export as the API returns it
 * @param settings proxy and certificate settings of the node
 */
export async function downloadExport(
	context: IExecutePaginationFunctions,
	job: IDataObject,
	settings: Partial<IHttpRequestOptions>,
): Promise<INodeExecutionData[]> {
	const { id, category, created_at, updated_at, signed_url: url } = job;
	if (context.getNodeParameter('exportOutput', 'file') === 'items') {
		return await download(context, url, readItems, settings);
	}
	const fileName = fileNameOf(job);
	const binary = await download(
		context,
		url,
		async (content) => await outputFile(context, content, fileName, 'text/csv'),
		settings,
	);
	return [
		{ json: { export_id: id, category, created_at, updated_at, file_name: fileName }, binary },
	];
}
