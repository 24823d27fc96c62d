import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';

const deviceId = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';

const secret = (
	operation: string,
	path: string,
	body: IDataObject,
	title?: string,
): ContractCase => ({
	operation: `deviceSecret.${operation}`,
	title,
	parameters: { deviceId: { __rl: true, mode: 'id', value: deviceId } },
	request: {
		method: 'GET',
		path: `/api/v1/devices/${deviceId}/secrets/${path}`,
		encoding: 'none',
	},
	response: { body },
	items: [{ device_id: deviceId, ...body }],
});

export const deviceSecretCases: ContractCase[] = [
	secret('getActivationLockBypassCode', 'bypasscode', {
		user_based_albc: '',
		device_based_albc: 'A00M6-04XTY-YDMG-JNTE-EMZ3-FTJ5',
	}),
	secret('getFileVaultKey', 'filevaultkey', { key: '9A2U-CDK6-P6NH-FAB3-LTUH-2MYP' }),
	secret('getRecoveryLockPassword', 'recoverypassword', {
		recovery_password: 'AAAAA-BBBBB-CCCC-1111-2222-3333',
	}),
	secret('getUnlockPin', 'unlockpin', { pin: '192746' }),
	secret('getUnlockPin', 'unlockpin', { pin: null }, 'still to come'),
];
