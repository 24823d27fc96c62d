import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';

const showOnlyForDeviceGetCommands = { resource: ['device'], operation: ['getCommands'] };

/** What the numbers mean that the API gives as a command's status. */
export const commandStatuses: Record<number, string> = {
	1: 'pending',
	2: 'running',
	3: 'completed',
	4: 'failed',
	5: 'not now',
};

/** The fields of a command that people use, its status in words. */
export const simplifiedCommand = (command: IDataObject): IDataObject => ({
	uuid: command.uuid,
	command_type: command.command_type,
	status: commandStatuses[Number(command.status)] ?? command.status,
	attempts: command.attempts,
	date_requested: command.date_requested,
	date_completed: command.date_completed,
	error_chain: command.error_chain,
});

export const deviceGetCommandsDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForDeviceGetCommands),
	simplify(showOnlyForDeviceGetCommands, simplifiedCommand),
];
