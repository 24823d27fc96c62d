import type { INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

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
