/** A group of blueprint templates as `GET /blueprints/templates/` shows it. */
export interface TemplateGroup {
	id: number;
	name: string;
	weight: number;
	templates: Array<{
		id: number;
		name: string;
		description: string;
		category: number;
		icon: string;
		color: string;
		params: Record<string, { mute: boolean; daily: boolean; details?: unknown }>;
	}>;
}

const template = (id: number, category: number, name: string) => ({
	id,
	name,
	description: `Starting point: ${name}. Review before use.`,
	category,
	icon: 'ss-files',
	color: 'aqua-800',
	params: {
		'0264078c-4555-4b7a-bd90-888eae867830': { mute: false, daily: false },
		'3d81acd3-8d3d-4941-a88e-6b8b9147cc6a': {
			mute: true,
			daily: false,
			details: { corner: 'wvous-br-corner', method: 0 },
		},
	},
});

export const TEMPLATES: readonly TemplateGroup[] = [
	{
		id: 2,
		name: 'CIS',
		weight: 20,
		templates: [template(15, 2, 'CIS Level 1'), template(16, 2, 'CIS Level 2')],
	},
	{ id: 3, name: 'NIST', weight: 30, templates: [template(21, 3, 'NIST 800-171')] },
];
