import type { INodeProperties, PostReceiveAction } from 'n8n-workflow';

import { notice } from '../../shared/fields/notice';
import { idsOf } from '../../transport/routing/singleRequest';

const showOnlyForDeviceSecrets = { resource: ['deviceSecret'] };

/** Adds the device's ID, because the API returns only the secret. */
const withDeviceId: PostReceiveAction = async (items, response) =>
	items.map(({ json }) => ({ json: { ...idsOf(response), ...json } }));

export const deviceSecretDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForDeviceSecrets },
		options: [
			{
				name: 'Get Activation Lock Bypass Code',
				value: 'getActivationLockBypassCode',
				action: 'Get activation lock bypass code of device',
				description:
					'Retrieve the user-based and device-based codes that remove Activation Lock from an Apple device',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/secrets/bypasscode' },
					output: { postReceive: [withDeviceId] },
				},
			},
			{
				name: 'Get FileVault Key',
				value: 'getFileVaultKey',
				action: 'Get disk recovery key of device',
				description: 'Retrieve the FileVault recovery key that unlocks the disk of a Mac',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/secrets/filevaultkey' },
					output: { postReceive: [withDeviceId] },
				},
			},
			{
				name: 'Get Recovery Lock Password',
				value: 'getRecoveryLockPassword',
				action: 'Get recovery lock password of device',
				description:
					'Retrieve the password for recoveryOS on a Mac with Apple silicon, or for the firmware of an Intel Mac',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/secrets/recoverypassword' },
					output: { postReceive: [withDeviceId] },
				},
			},
			{
				name: 'Get Unlock PIN',
				value: 'getUnlockPin',
				action: 'Get unlock PIN of device',
				description: 'Retrieve the PIN that unlocks a Mac locked with Device Action › Lock',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/secrets/unlockpin' },
					output: { postReceive: [withDeviceId] },
				},
			},
		],
		default: 'getFileVaultKey',
	},
	notice(
		'secretNotice',
		'Kandji records each secret you view in its audit log. n8n saves the secret with the execution data: to prevent this, turn off saving executions in the workflow settings.',
		showOnlyForDeviceSecrets,
	),
];
