import type { INodeProperties } from 'n8n-workflow';

/** Color, Description and Icon, which are the same for a new blueprint and a changed one. */
export const looks: Record<'color' | 'description' | 'icon', INodeProperties> = {
	color: {
		displayName: 'Color',
		name: 'iconTint',
		type: 'string',
		default: '',
		placeholder: 'e.g. aqua-800',
		description: "Code of the icon's color; Assignment Maps ignore it",
		routing: { send: { type: 'body', property: 'color' } },
	},
	description: {
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Macs of the engineering team',
		description: 'What the blueprint is for',
		routing: { send: { type: 'body', property: 'description' } },
	},
	icon: {
		displayName: 'Icon',
		name: 'icon',
		type: 'string',
		default: '',
		placeholder: 'e.g. ss-files',
		description: 'Code of the icon; Assignment Maps ignore it',
		routing: { send: { type: 'body', property: 'icon' } },
	},
};
