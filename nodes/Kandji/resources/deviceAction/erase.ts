import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { confirmSerialNumber } from '../../shared/preSend/confirm';
import { inputError } from '../../transport/http/errors';
import { preSend } from '../../transport/routing/itemQueue';

const showOnlyForErase = { resource: ['deviceAction'], operation: ['erase'] };

/** A Mac asks for the PIN at its first start after the erase; one that nobody can type locks it for good. */
export const checkPin = preSend(async function (options) {
	const pin = (options.body as IDataObject | undefined)?.PIN;
	if (pin !== undefined && !/^\d{6}$/.test(String(pin))) {
		throw inputError(
			this,
			'PIN must be six digits',
			'Nothing was sent. Enter a PIN such as 482913.',
		);
	}
	return options;
});

export const deviceActionEraseDescription: INodeProperties[] = [
	{
		displayName:
			'Erasing cannot be undone. Leave the node setting Retry On Fail off: n8n would run all items again, those that were erased already included.',
		name: 'eraseNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: showOnlyForErase },
	},
	...confirmSerialNumber.fields(showOnlyForErase),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForErase },
		options: [
			{
				displayName: 'Android Erase Flags',
				name: 'eraseFlags',
				type: 'multiOptions',
				options: [
					{
						name: 'Wipe External Storage',
						value: 'WIPE_EXTERNAL_STORAGE',
						description: 'Also wipe SD cards and the like',
					},
					{
						name: 'Wipe eSIMs',
						value: 'WIPE_ESIMS',
						description: 'Also remove all eSIMs of a company-owned device',
					},
				],
				default: [],
				description: 'What else to wipe on an Android device',
				routing: {
					send: { type: 'body', property: 'erase_flags', value: '={{ $value.join(",") }}' },
				},
			},
			{
				displayName: 'Disallow Proximity Setup',
				name: 'disallowProximitySetup',
				type: 'boolean',
				default: false,
				description: 'Whether an iPhone or iPad skips setting up from a nearby device afterwards',
				routing: { send: { type: 'body', property: 'DisallowProximitySetup' } },
			},
			{
				displayName: 'PIN',
				name: 'pin',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				placeholder: 'e.g. 482913',
				description: 'Six digits that a Mac asks for after the erase; other devices ignore it',
				routing: { send: { type: 'body', property: 'PIN' } },
			},
			{
				displayName: 'Preserve Data Plan',
				name: 'preserveDataPlan',
				type: 'boolean',
				default: true,
				description: 'Whether an iPhone or iPad keeps its eSIM data plan',
				routing: { send: { type: 'body', property: 'PreserveDataPlan' } },
			},
			{
				displayName: 'Return to Service',
				name: 'returnToService',
				type: 'boolean',
				default: false,
				description:
					'Whether an iPhone or iPad with version 17 or later enrolls again by itself afterwards',
				routing: { send: { type: 'body', property: 'ReturnToService.Enabled' } },
			},
			{
				displayName: 'Return to Service Profile ID',
				name: 'returnToServiceProfileId',
				type: 'string',
				default: '',
				placeholder: 'e.g. c0148e35-c734-4402-b2fb-1c61aab72550',
				description: 'Wi-Fi profile with which the device gets online to enroll again',
				routing: { send: { type: 'body', property: 'ReturnToService.ProfileId' } },
			},
			{
				displayName: 'Windows Erase Mode',
				name: 'eraseMode',
				type: 'options',
				options: [
					{
						name: 'Wipe',
						value: 'WIPE',
						description: 'Remove everything, without cleaning the drive',
					},
					{ name: 'Wipe From Cloud', value: 'WIPE_CLOUD', description: 'Reinstall from the cloud' },
					{
						name: 'Wipe Protected',
						value: 'WIPE_PROTECTED',
						description: 'Clean the drive too; some devices cannot start afterwards',
					},
				],
				default: 'WIPE',
				description: 'How a Windows device is wiped',
				routing: { send: { type: 'body', property: 'erase_mode' } },
			},
		],
	},
];
