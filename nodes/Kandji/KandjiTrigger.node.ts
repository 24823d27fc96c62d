import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { listSearch } from './listSearch/index';
import { triggerFields } from './trigger/fields';
import { poll } from './trigger/poll';

export class KandjiTrigger implements INodeType {
	methods = { listSearch };

	description: INodeTypeDescription = {
		displayName: 'Kandji Trigger',
		name: 'kandjiTrigger',
		icon: { light: 'file:../../icons/kandji.svg', dark: 'file:../../icons/kandji.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow when devices enroll, change, check in, fall silent or go, and on audit events, threats and vulnerabilities in Kandji (Iru)',
		defaults: { name: 'Kandji Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kandjiApi', required: true }],
		properties: triggerFields,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
