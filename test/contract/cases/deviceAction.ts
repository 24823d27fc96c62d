import type { INodeParameters } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';

const deviceId = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';
const device = { __rl: true, mode: 'id', value: deviceId };
const done = { success: true, device_id: deviceId };

/** An action: POST with the given body, answered by 200 with an empty body. */
const action = (
	operation: string,
	path: string,
	parameters: INodeParameters = {},
	body?: object,
	title?: string,
): ContractCase => ({
	operation: `deviceAction.${operation}`,
	title,
	parameters: { deviceId: device, ...parameters },
	request: {
		method: 'POST',
		path: `/api/v1/devices/${deviceId}/action/${path}`,
		encoding: body === undefined ? 'none' : 'json',
		body,
	},
	response: { body: '' },
	items: [done],
});

export const deviceActionCases: ContractCase[] = [
	{
		operation: 'deviceAction.cancelLostMode',
		parameters: { deviceId: device },
		request: {
			method: 'DELETE',
			path: `/api/v1/devices/${deviceId}/details/lostmode`,
			encoding: 'none',
		},
		response: { status: 204, body: '' },
		items: [done],
	},
	action('clearPasscode', 'clearpasscode'),
	action(
		'deleteUser',
		'deleteuser',
		{ userName: 'jdoe', forceDeletion: true },
		{ DeleteAllUsers: false, ForceDeletion: true, UserName: 'jdoe' },
		'one account',
	),
	action(
		'deleteUser',
		'deleteuser',
		{ deleteAllUsers: true },
		{ DeleteAllUsers: true, ForceDeletion: false },
		'all accounts',
	),
	action('disableLostMode', 'disablelostmode'),
	action(
		'enableLostMode',
		'enablelostmode',
		{ additionalFields: { message: 'Lost', phoneNumber: '+1 555 0100', footnote: 'Acme' } },
		{ Message: 'Lost', PhoneNumber: '+1 555 0100', Footnote: 'Acme' },
	),
	action('erase', 'erase', { checkSerialNumber: false }, undefined, 'without options'),
	action(
		'erase',
		'erase',
		{
			checkSerialNumber: false,
			additionalFields: {
				pin: '482913',
				preserveDataPlan: false,
				disallowProximitySetup: true,
				returnToService: true,
				returnToServiceProfileId: 'c0148e35-c734-4402-b2fb-1c61aab72550',
				windowsEraseMode: 'WIPE_PROTECTED',
				androidEraseFlags: ['WIPE_EXTERNAL_STORAGE', 'WIPE_ESIMS'],
			},
		},
		{
			PIN: '482913',
			PreserveDataPlan: false,
			DisallowProximitySetup: true,
			ReturnToService: { Enabled: true, ProfileId: 'c0148e35-c734-4402-b2fb-1c61aab72550' },
			erase_mode: 'WIPE_PROTECTED',
			erase_flags: 'WIPE_EXTERNAL_STORAGE,WIPE_ESIMS',
		},
		'with every option',
	),
	{
		...action(
			'lock',
			'lock',
			{ additionalFields: { message: 'Return me', phoneNumber: '+1 555 0100' } },
			{ Message: 'Return me', PhoneNumber: '+1 555 0100' },
			'of a Mac',
		),
		response: { body: { PIN: '496406' } },
		items: [{ ...done, PIN: '496406' }],
	},
	{
		...action('lock', 'lock', {}, undefined, 'whose PIN is still to come'),
		response: { body: { PIN: null } },
		items: [{ ...done, PIN: null }],
	},
	action('performDailyCheckIn', 'dailycheckin'),
	action('playLostModeSound', 'playlostmodesound'),
	action(
		'refreshCellularPlan',
		'refreshcellularplans',
		{ esimServerUrl: 'https://smdp.carrier.example' },
		{ eSIMServerURL: 'https://smdp.carrier.example' },
	),
	action('reinstallAgent', 'reinstallagent'),
	action('renewMdmProfile', 'renewmdmprofile'),
	action('resetWorkProfilePasscode', 'resetworkprofilepasscode', {}, undefined, 'removed'),
	action(
		'resetWorkProfilePasscode',
		'resetworkprofilepasscode',
		{ additionalFields: { newPasscode: 'x93-kd', resetFlags: ['LOCK_NOW'] } },
		{ newPassword: 'x93-kd', resetPasswordFlags: ['LOCK_NOW'] },
		'set',
	),
	action(
		'restart',
		'restart',
		{ additionalFields: { notifyUser: true, rebuildKernelCache: true } },
		{ NotifyUser: true, RebuildKernelCache: true },
	),
	action('sendBlankPush', 'blankpush'),
	action('setDataRoaming', 'toggledataroaming', { enabled: false }, { Enabled: false }),
	action('setName', 'setname', { deviceName: "Ana's MacBook" }, { DeviceName: "Ana's MacBook" }),
	action('setPersonalHotspot', 'togglepersonalhotspot', { enabled: true }, { Enabled: true }),
	action('setRemoteDesktop', 'remotedesktop', { enabled: true }, { EnableRemoteDesktop: true }),
	action('shutDown', 'shutdown'),
	action('unlockAccount', 'unlockaccount', { userName: 'jdoe' }, { UserName: 'jdoe' }),
	action('updateInventory', 'updateinventory'),
	action('updateLocation', 'updatelocation'),
];
