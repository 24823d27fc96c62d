import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields';

export const deviceNoteGetAllDescription: INodeProperties[] = returnAllOrLimit({
	resource: ['deviceNote'],
	operation: ['getAll'],
});
