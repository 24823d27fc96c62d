import type { INodeProperties } from 'n8n-workflow';

import type { Show } from './locators';

/** Makes a notice that the editor shows among the fields of some operations. */
export const notice = (name: string, text: string, show: Show): INodeProperties => ({
	displayName: text,
	name,
	type: 'notice',
	default: '',
	displayOptions: { show },
});
