import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Source } from './search';
import { search } from './search';
import { webApp } from './webApp';

/** Name and serial number; the state tells apart the record that a device left behind when it enrolled again. */
const labelOf = ({
	device_name: name,
	serial_number: serial,
	is_removed: removed,
	is_missing: missing,
}: IDataObject): string => {
	const state = removed === true ? ', removed' : missing === true ? ', missing' : '';
	return `${String(name)} (${String(serial)}${state})`;
};

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
		toResult: (device) => ({
			name: labelOf(device),
			value: String(device.device_id),
			url: pageUrl('devices', device.device_id),
		}),
	});
	const text = filter.trim();
	const sources = text === '' ? [by({})] : [by({ device_name: text }), by({ serial_number: text })];
	return await search(this, sources, paginationToken);
}
