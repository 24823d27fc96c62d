import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Source } from './search';
import { contains, search } from './search';

const nameOf = (device: IDataObject): unknown => (device.mdm_device as IDataObject | null)?.name;

/** Searches devices in Apple Business Manager by serial number, model, or name once they are enrolled. */
export async function searchAdeDevices(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const text = filter.trim();
	const source: Source = {
		url: '/api/v1/integrations/apple/ade/devices',
		qs: { page: 1 },
		matches: (device) => contains(text, device.serial_number, nameOf(device), device.model),
		toResult: (device) => ({
			name: `${String(device.serial_number)} (${String(nameOf(device) ?? device.model)})`,
			value: String(device.id),
		}),
	};
	return await search(this, [source], paginationToken);
}
