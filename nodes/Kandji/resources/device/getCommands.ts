import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';

const showOnlyForDeviceGetCommands = { resource: ['device'], operation: ['getCommands'] };

/** The API's command statuses, in words. */
const commandStatuses = {
	1: 'pending',
	2: 'running',
	3: 'completed',
	4: 'failed',
	5: 'not now',
} as const;

type CommandStatus = keyof typeof commandStatuses;

/** The status of a command, in words. */
export const commandStatusOf = ({
	status,
}: IDataObject): (typeof commandStatuses)[CommandStatus] | undefined =>
	commandStatuses[Number(status) as CommandStatus];

/** The types of the command that names a device. */
export const nameCommandType = /^(?:Set)?(?:Device)?Name$/;

/** Whether a command names its device. */
export const isNameCommand = ({
	command_type: command,
	request_type: request,
}: IDataObject): boolean =>
	nameCommandType.test(String(command)) || nameCommandType.test(String(request));

/** The most useful fields of a command, with its status in words. */
export const simplifiedCommand = (command: IDataObject): IDataObject => ({
	uuid: command.uuid,
	command_type: command.command_type,
	status: commandStatusOf(command) ?? command.status,
	attempts: command.attempts,
	date_requested: command.date_requested,
	date_completed: command.date_completed,
	error_chain: command.error_chain,
});

export const deviceGetCommandsDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForDeviceGetCommands),
	...simplify(
		showOnlyForDeviceGetCommands,
		(command, { device_id, serial_number, device_name }) => ({
			...simplifiedCommand(command),
			device_id,
			serial_number,
			device_name,
		}),
	),
];
