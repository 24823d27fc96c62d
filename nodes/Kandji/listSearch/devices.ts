import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Source } from './search';
import { search } from './search';
import { webApp } from './webApp';

/** Searches devices by name, then by serial number: the API searches one field at a time. */
export async function searchDevices(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const pageUrl = await webApp(this);
	const by = (query: IDataObject): Source => ({
		url: '/api/v1/devices',
		qs: { limit: 100, ordering: 'device_name,device_id', ...query },
		items: '',
		toResult: ({ device_id, device_name, serial_number }) => ({
			name: `${String(device_name)} (${String(serial_number)})`,
			value: String(device_id),
			url: pageUrl('devices', device_id),
		}),
	});
	const text = filter.trim();
	const sources = text === '' ? [by({})] : [by({ device_name: text }), by({ serial_number: text })];
	return await search(this, sources, paginationToken);
}
