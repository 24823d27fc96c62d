import type { INodeProperties } from 'n8n-workflow';

import { changeTags, tagsField } from './changeTags';

export const addTags = changeTags((current, named) => [...new Set([...current, ...named])]);

export const deviceAddTagsDescription: INodeProperties[] = [
	tagsField('addTags'),
	{
		displayName: 'Create Missing Tags',
		name: 'createMissingTags',
		type: 'boolean',
		default: false,
		displayOptions: { show: { resource: ['device'], operation: ['addTags'] } },
		description: "Whether to create tags that don't exist yet. If off, the item fails.",
	},
];
