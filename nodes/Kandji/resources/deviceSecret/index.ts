import type { INodeProperties } from 'n8n-workflow';

import { notice } from '../../shared/fields/notice';
import { secret } from './secret';

const showOnlyForDeviceSecrets = { resource: ['deviceSecret'] };

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
					operations: {
						pagination: secret(
							'has no Activation Lock bypass code',
							'Only Apple devices have one, once they have sent it to Kandji.',
						),
					},
				},
			},
			{
				name: 'Get FileVault Key',
				value: 'getFileVaultKey',
				action: 'Get disk recovery key of device',
				description: 'Retrieve the FileVault recovery key that unlocks the disk of a Mac',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/secrets/filevaultkey' },
					operations: {
						pagination: secret(
							'has no escrowed FileVault key',
							'FileVault may be off, or the Mac may not have sent its recovery key to Kandji yet: see Device › Get Details.',
						),
					},
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
					operations: {
						pagination: secret(
							'has no recovery lock password',
							'Only Macs have one, once Kandji has set it.',
						),
					},
				},
			},
			{
				name: 'Get Unlock PIN',
				value: 'getUnlockPin',
				action: 'Get unlock PIN of device',
				description: 'Retrieve the PIN that unlocks a Mac locked with Device Action › Lock',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/secrets/unlockpin' },
					operations: {
						pagination: secret(
							'is not locked, so it has no unlock PIN',
							'Only a Mac that was locked with Device Action › Lock has one.',
						),
					},
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
