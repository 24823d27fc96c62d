import type { INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { deviceList } from '../../nodes/Kandji/trigger/devices/list';
import { table } from './markdown';

/** The trigger's events, as the editor describes them. */
export function eventTable({ properties }: INodeTypeDescription): string {
	const property = properties.find(({ name }) => name === 'events');
	const options = (property?.options ?? []) as INodePropertyOptions[];
	return table(
		['Event', 'When'],
		options.map(({ name, description }) => [name, description ?? '']),
	);
}

const fleetSizes = [1_000, 5_000, 20_000, 50_000, 100_000, 200_000];

/** A tenth of what all tokens of a tenant share. */
const requestsPerHour = 1_000;

/** How often a trigger with device events can poll a fleet, so that it uses a tenth of the hourly quota. */
export const intervalTable = (): string =>
	table(
		['Devices', 'Requests per poll', 'Shortest sensible interval'],
		fleetSizes.map((devices) => {
			const requests = Math.ceil(devices / deviceList.pagination.pageSize);
			const minutes = Math.ceil((requests * 60) / requestsPerHour);
			return [
				devices.toLocaleString('en'),
				String(requests),
				minutes === 1 ? '1 minute' : `${minutes} minutes`,
			];
		}),
	);
