import type { INodeProperties, PostReceiveAction } from 'n8n-workflow';

import { notice } from '../../shared/fields/notice';
import { idsOf } from '../../transport/routing/singleRequest';

const showOnlyForDeviceSecrets = { resource: ['deviceSecret'] };

/** Says whose secret it is, since the API returns nothing but the secret. */
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
					'Retrieve the codes that lift Activation Lock from an Apple device: the one for a personal Apple Account and the one for a lock set by Kandji',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/secrets/bypasscode' },
					output: { postReceive: [withDeviceId] },
				},
			},
			{
				name: 'Get FileVault Key',
				value: 'getFileVaultKey',
				action: 'Get file vault key of device',
				description: 'Retrieve the key that unlocks the encrypted disk of a Mac',
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
					'Retrieve the password that guards recoveryOS on a Mac with Apple silicon, or the firmware of an Intel Mac',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/secrets/recoverypassword' },
					output: { postReceive: [withDeviceId] },
				},
			},
			{
				name: 'Get Unlock PIN',
				value: 'getUnlockPin',
				action: 'Get unlock PIN of device',
				description: 'Retrieve the PIN that unlocks a Mac after Device Action › Lock',
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
		'Kandji writes every look at a secret into its audit log. n8n stores what the node returns with the execution: turn off saving in the workflow settings where others can see executions.',
		showOnlyForDeviceSecrets,
	),
];
