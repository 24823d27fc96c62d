import type { INodeProperties } from 'n8n-workflow';

/** The optional fields that a new blueprint and an update have in common. */
export const appearanceFields: Record<'color' | 'description' | 'icon', INodeProperties> = {
	color: {
		displayName: 'Icon Tint',
		name: 'iconTint',
		type: 'string',
		default: '',
		placeholder: 'e.g. aqua-800',
		description: "Code of the icon's color. Assignment Maps ignore it.",
		routing: { send: { type: 'body', property: 'color' } },
	},
	description: {
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Macs of the engineering team',
		description: 'Purpose of the blueprint',
		routing: { send: { type: 'body', property: 'description' } },
	},
	icon: {
		displayName: 'Icon',
		name: 'icon',
		type: 'string',
		default: '',
		placeholder: 'e.g. ss-files',
		description: 'Code of the icon. Assignment Maps ignore it.',
		routing: { send: { type: 'body', property: 'icon' } },
	},
};
