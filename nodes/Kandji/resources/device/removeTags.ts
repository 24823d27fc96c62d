import type { INodeProperties } from 'n8n-workflow';

import { changeTags, tagsField } from './changeTags';

export const removeTags = changeTags((current, named) =>
	current.filter((tag) => !named.includes(tag)),
);

export const deviceRemoveTagsDescription: INodeProperties[] = [tagsField('removeTags')];
