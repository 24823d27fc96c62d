import type { INodeProperties } from 'n8n-workflow';

import { nameKey } from '../../transport/routing/matching';
import { changeTags, tagsField } from './changeTags';

/** A name in another case is meant too, unless the device has a tag with exactly this name. */
export const removeTags = changeTags((current, named) => {
	const removed = new Set(
		named.flatMap((name) =>
			current.includes(name) ? [name] : current.filter((tag) => nameKey(tag) === nameKey(name)),
		),
	);
	return current.filter((tag) => !removed.has(tag));
});

export const deviceRemoveTagsDescription: INodeProperties[] = [tagsField('removeTags')];
