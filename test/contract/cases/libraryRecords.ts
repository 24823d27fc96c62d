import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** What the rows about the library have in common. */
export const itemId = 'a155ffb7-ab75-4e5f-ab1d-1334153efad3';
export const categoryId = 'e6f6d5b4-0659-4b37-872c-5471115d453b';
export const storageOrigin = 'https://kandji-prod.s3.amazonaws.com';

/** A locator by ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A list in the API's envelope. */
export const envelope = (...results: IDataObject[]) => ({
	count: results.length,
	next: null,
	previous: null,
	results,
});

/** An item that carries a file. */
export const itemWithFile = (
	fileName: string,
	field = 'data',
	mimeType = 'application/octet-stream',
): INodeExecutionData => ({
	json: {},
	binary: {
		[field]: { data: Buffer.from(`bytes of ${fileName}`).toString('base64'), fileName, mimeType },
	},
});
