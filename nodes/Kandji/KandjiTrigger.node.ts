import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { listSearch } from './listSearch/index';
import { testCredential } from './transport/http/credentialTest';
import { withShownErrors } from './transport/http/errors';
import { triggerFields, triggerSubtitle } from './trigger/fields';
import { poll } from './trigger/poll';

export class KandjiTrigger implements INodeType {
	methods = { credentialTest: { testCredential }, listSearch };

	description: INodeTypeDescription = {
		displayName: 'Kandji Trigger',
		name: 'kandjiTrigger',
		icon: { light: 'file:../../icons/kandji.svg', dark: 'file:../../icons/kandji.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		description:
			'Manage Kandji (Iru) devices, or start a workflow when a device enrolls, changes or disappears, or a threat is detected',
		defaults: { name: 'Kandji Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kandjiApi', required: true, testedBy: 'testCredential' }],
		properties: triggerFields,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await withShownErrors(this, async () => await poll(this));
	}
}
