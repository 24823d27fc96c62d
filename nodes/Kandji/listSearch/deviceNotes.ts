import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { idOf } from '../transport/routing/ids';
import { contains, search } from './search';

/** Most characters of a note's text in the list. */
const shownLength = 80;

/** Searches the notes of the device that is chosen above by their text. */
export async function searchDeviceNotes(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const text = filter.trim();
	const deviceId = await idOf(this, 'deviceId', this.getCurrentNodeParameter('deviceId'));
	const source = {
		url: `/api/v1/devices/${encodeURIComponent(deviceId)}/notes`,
		path: '/api/v1/devices/{device_id}/notes',
		items: '',
		matches: ({ content }: { content?: unknown }) => contains(text, content),
		toResult: ({ note_id: id, content }: { note_id?: unknown; content?: unknown }) => ({
			name: String(content ?? '').slice(0, shownLength) || String(id),
			value: String(id),
		}),
	};
	return await search(this, [source], paginationToken);
}
