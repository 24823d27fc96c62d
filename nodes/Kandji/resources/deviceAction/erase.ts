import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { notice } from '../../shared/fields/notice';
import { confirmSerialNumber } from '../../shared/preSend/confirm';
import { inputError } from '../../transport/http/errors';
import { preSend } from '../../transport/routing/itemQueue';

const showOnlyForErase = { resource: ['deviceAction'], operation: ['erase'] };

/**
 * Checks the PIN, and sends the erase flags as the API takes them. A Mac asks for the PIN when it starts after the erase:
 * one that cannot be typed would lock it permanently.
 */
export const buildErase = preSend(async function (options) {
	const body = { ...(options.body as IDataObject | undefined) };
	const { PIN: pin, erase_flags: flags } = body;
	if (pin !== undefined && !/^\d{6}$/.test(String(pin))) {
		throw inputError(
			this,
			'PIN must be six digits',
			'Nothing was sent. Enter six digits, such as 482913.',
		);
	}
	if (Array.isArray(flags)) body.erase_flags = flags.join(',');
	return { ...options, body };
});

export const deviceActionEraseDescription: INodeProperties[] = [
	notice(
		'eraseNotice',
		"Erasing can't be undone. Keep 'Retry On Fail' off: a retry runs an item with an unknown outcome again.",
		showOnlyForErase,
	),
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
				name: 'androidEraseFlags',
				type: 'multiOptions',
				options: [
					{
						name: 'Wipe External Storage',
						value: 'WIPE_EXTERNAL_STORAGE',
						description: 'Also wipe external storage, such as SD cards',
					},
					{
						name: 'Wipe eSIMs',
						value: 'WIPE_ESIMS',
						description: 'Also remove all eSIMs from a company-owned device',
					},
				],
				default: [],
				description: 'What else to wipe from an Android device',
				routing: {
					send: { type: 'body', property: 'erase_flags' },
				},
			},
			{
				displayName: 'Disallow Proximity Setup',
				name: 'disallowProximitySetup',
				type: 'boolean',
				default: false,
				description: 'Whether to skip setup from a nearby device on an iPhone or iPad',
				routing: { send: { type: 'body', property: 'DisallowProximitySetup' } },
			},
			{
				displayName: 'PIN',
				name: 'pin',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				placeholder: 'e.g. 482913',
				description: 'Six-digit PIN to unlock a Mac after it is erased. Other devices ignore it.',
				routing: { send: { type: 'body', property: 'PIN' } },
			},
			{
				displayName: 'Preserve Data Plan',
				name: 'preserveDataPlan',
				type: 'boolean',
				default: true,
				description: 'Whether to keep the eSIM data plan of an iPhone or iPad',
				routing: { send: { type: 'body', property: 'PreserveDataPlan' } },
			},
			{
				displayName: 'Return to Service',
				name: 'returnToService',
				type: 'boolean',
				default: false,
				description:
					'Whether an iPhone or iPad enrolls again automatically after the erase. Requires iOS or iPadOS 17.',
				routing: { send: { type: 'body', property: 'ReturnToService.Enabled' } },
			},
			{
				displayName: 'Return to Service Profile ID',
				name: 'returnToServiceProfileId',
				type: 'string',
				default: '',
				placeholder: 'e.g. c0148e35-c734-4402-b2fb-1c61aab72550',
				description: 'ID of the Wi-Fi profile that connects the device so that it can enroll again',
				routing: { send: { type: 'body', property: 'ReturnToService.ProfileId' } },
			},
			{
				displayName: 'Windows Erase Mode',
				name: 'windowsEraseMode',
				type: 'options',
				options: [
					{
						name: 'Wipe',
						value: 'WIPE',
						description: 'Remove everything without cleaning the drive',
					},
					{
						name: 'Wipe From Cloud',
						value: 'WIPE_CLOUD',
						description: 'Reinstall Windows from the cloud',
					},
					{
						name: 'Wipe Protected',
						value: 'WIPE_PROTECTED',
						description: 'Also clean the drive. Some devices may not start afterwards.',
					},
				],
				default: 'WIPE',
				description: 'How to wipe a Windows device',
				routing: { send: { type: 'body', property: 'erase_mode' } },
			},
		],
	},
];
