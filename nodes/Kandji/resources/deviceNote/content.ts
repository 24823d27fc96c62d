import type { INodeProperties } from 'n8n-workflow';

export const deviceNoteContentDescription: INodeProperties[] = [
	{
		displayName: 'Content',
		name: 'content',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. Battery replaced',
		displayOptions: { show: { resource: ['deviceNote'], operation: ['create', 'update'] } },
		description: 'Text of the note',
		routing: { send: { type: 'body', property: 'content' } },
	},
];
