import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { isDestructive } from '../../transport/http/destructive';
import { acceptsEmpty, acceptsList, onlyFromPerson } from '../../transport/routing/fieldChecks';
import type { Show } from './locators';

const allowDestructiveActions = (show: Show): INodeProperties =>
	onlyFromPerson({
		displayName: 'Allow Destructive Actions by AI',
		name: 'allowDestructiveActions',
		type: 'boolean',
		default: false,
		displayOptions: { show: { '@tool': [true], ...show } },
		description:
			"Whether an AI agent may do what can't be undone or brings code onto devices. Have a person approve each call, with n8n's human review.",
	});

/** Operations whose requests their own path does not tell. */
const byParameters = ['offboard', 'send'];

/** The operations that only read. No operation that writes has the name of one of them. */
const namesOfReads = (operations: INodeProperties[]): string[] => [
	...new Set(
		operations
			.flatMap(({ options }) => (options ?? []) as INodePropertyOptions[])
			.filter(({ routing }) => routing?.request?.method === 'GET')
			.map(({ value }) => String(value)),
	),
];

/** Resources with programs that run on devices. */
const programResources = ['customApp', 'customScript'];

/**
 * Makes the fields of the tool's form that only a person may fill in, whatever the operation's resource: no other
 * operation has the name of a destructive one.
 *
 * @param operations the operation fields of all resources
 */
export const toolFields = (operations: INodeProperties[]): INodeProperties[] => [
	allowDestructiveActions({
		operation: [
			...new Set([
				...operations
					.filter(
						({ displayOptions }) =>
							!programResources.includes(String(displayOptions?.show?.resource?.[0])),
					)
					.flatMap(({ options }) => (options ?? []) as INodePropertyOptions[])
					.filter(({ routing }) => isDestructive(routing?.request ?? {}))
					.map(({ value }) => String(value)),
				...byParameters,
			]),
		],
	}),
	allowDestructiveActions({ resource: programResources, operation: ['create', 'update'] }),
	onlyFromPerson({
		displayName: 'Return Secrets to the Model',
		name: 'returnSecrets',
		type: 'boolean',
		default: false,
		displayOptions: {
			show: {
				'@tool': [true],
				resource: ['apiRequest', 'blueprint', 'deviceAction', 'deviceSecret', 'prism', 'user'],
				operation: [
					'create',
					'get',
					'getActivationLockBypassCode',
					'getAll',
					'getExport',
					'getFileVaultKey',
					'getRecoveryLockPassword',
					'getUnlockPin',
					'lock',
					'offboard',
					'requestExport',
					'send',
					'update',
				],
			},
		},
		description:
			'Whether to return PINs, keys, passwords and codes. They are sent to the provider of the model and may be stored there.',
	}),
	acceptsEmpty(
		acceptsList({
			displayName: 'Fields to Return',
			name: 'fieldsToReturn',
			type: 'string',
			default: '',
			placeholder: 'e.g. device_name, serial_number',
			displayOptions: { show: { '@tool': [true], operation: namesOfReads(operations) } },
			description:
				'Comma-separated list of the fields to return, with dots for nested ones; the most used ones if empty. An answer holds at most 25 records and 8 KB.',
		}),
	),
];
