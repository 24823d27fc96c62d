import type { INodeProperties } from 'n8n-workflow';

import { confirmSerialNumber } from '../../shared/preSend/confirm';
import { requireFields } from '../../shared/preSend/requiredFields';
import { asDone } from '../../shared/fields/output';
import { checkAccounts, deviceActionDeleteUserDescription } from './deleteUser';
import { deviceActionEnableLostModeDescription } from './enableLostMode';
import { checkPin, deviceActionEraseDescription } from './erase';
import { deviceActionLockDescription } from './lock';
import { deviceActionRefreshCellularPlansDescription } from './refreshCellularPlans';
import { deviceActionResetWorkProfilePasscodeDescription } from './resetWorkProfilePasscode';
import { deviceActionRestartDescription } from './restart';
import { deviceActionSetNameDescription } from './setName';
import { deviceActionSwitchesDescription } from './toggleFields';
import { deviceActionUnlockAccountDescription } from './unlockAccount';
import { sendAction, leaveNoteDescription, waitForCompletionDescription } from './sendAction';

const showOnlyForDeviceActions = { resource: ['deviceAction'] };

/** Operations that become an MDM command on the device, which can be followed. */
const mdmCommands = [
	'clearPasscode',
	'deleteUser',
	'disableLostMode',
	'enableLostMode',
	'erase',
	'lock',
	'performDailyCheckIn',
	'playLostModeSound',
	'refreshCellularPlans',
	'reinstallAgent',
	'renewMdmProfile',
	'resetWorkProfilePasscode',
	'restart',
	'setDataRoaming',
	'setName',
	'setPersonalHotspot',
	'setRemoteDesktop',
	'shutDown',
	'unlockAccount',
	'updateInventory',
	'updateLocation',
];

export const deviceActionDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForDeviceActions },
		options: [
			{
				name: 'Cancel Lost Mode',
				value: 'cancelLostMode',
				action: 'Cancel lost mode',
				description:
					'Ask Kandji to give up on Lost Mode when it is in an error state on an iPhone or iPad',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/devices/{{deviceId}}/details/lostmode' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Clear Passcode',
				value: 'clearPasscode',
				action: 'Clear passcode',
				description: 'Remove the passcode of an iPhone, iPad or Android device',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/clearpasscode' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Delete User',
				value: 'deleteUser',
				action: 'Delete user from device',
				description:
					'Delete a local account from a Mac, or users from a Shared iPad; their data is lost',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/deleteuser' },
					send: { preSend: [checkAccounts] },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Disable Lost Mode',
				value: 'disableLostMode',
				action: 'Disable lost mode',
				description: 'Turn Lost Mode off on an iPhone or iPad',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/disablelostmode' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Enable Lost Mode',
				value: 'enableLostMode',
				action: 'Enable lost mode',
				description: 'Lock an iPhone or iPad and track its location until Lost Mode is turned off',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/enablelostmode' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Erase',
				value: 'erase',
				action: 'Erase device',
				description:
					'Wipe a device for good. This cannot be undone, so the serial number has to be confirmed.',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/erase' },
					send: { preSend: [confirmSerialNumber.check, checkPin] },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Lock',
				value: 'lock',
				action: 'Lock device',
				description: 'Lock a device remotely; a Mac gets an unlock PIN, which is in the output',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/lock' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Perform Daily Check-In',
				value: 'performDailyCheckIn',
				action: 'Perform daily check in',
				description: 'Run the daily check-in of the agent on a Mac or Windows device now',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/dailycheckin' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Play Lost Mode Sound',
				value: 'playLostModeSound',
				action: 'Play lost mode sound',
				description: 'Play a sound for two minutes on an iPhone or iPad in Lost Mode',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/playlostmodesound' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Refresh eSIM',
				value: 'refreshCellularPlans',
				action: 'Refresh cellular plans',
				description: 'Make an iPhone or cellular iPad fetch its eSIM from the carrier',
				routing: {
					request: {
						method: 'POST',
						url: '/api/v1/devices/{{deviceId}}/action/refreshcellularplans',
					},
					send: { preSend: [requireFields({ eSIMServerURL: 'eSIM Server URL' })] },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Reinstall Agent',
				value: 'reinstallAgent',
				action: 'Reinstall agent',
				description: 'Install the Kandji agent on a Mac again',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/reinstallagent' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Renew MDM Profile',
				value: 'renewMdmProfile',
				action: 'Renew MDM profile',
				description: 'Renew the MDM profile of an Apple device',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/renewmdmprofile' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Reset Work Profile Passcode',
				value: 'resetWorkProfilePasscode',
				action: 'Reset work profile passcode',
				description: 'Set or remove the passcode of the work profile on an Android device',
				routing: {
					request: {
						method: 'POST',
						url: '/api/v1/devices/{{deviceId}}/action/resetworkprofilepasscode',
					},
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Restart',
				value: 'restart',
				action: 'Restart device',
				description: 'Restart an Apple device',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/restart' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Send Blank Push',
				value: 'sendBlankPush',
				action: 'Send blank push',
				description: 'Make a device connect to Kandji now',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/blankpush' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Set Data Roaming',
				value: 'setDataRoaming',
				action: 'Set data roaming',
				description: 'Turn data roaming on or off on an iPhone or cellular iPad',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/toggledataroaming' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Set Name',
				value: 'setName',
				action: 'Set device name',
				description: 'Change the name of an Apple device',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/setname' },
					send: { preSend: [requireFields({ DeviceName: 'Device Name' })] },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Set Personal Hotspot',
				value: 'setPersonalHotspot',
				action: 'Set personal hotspot',
				description: 'Turn the personal hotspot on or off on an iPhone or cellular iPad',
				routing: {
					request: {
						method: 'POST',
						url: '/api/v1/devices/{{deviceId}}/action/togglepersonalhotspot',
					},
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Set Remote Desktop',
				value: 'setRemoteDesktop',
				action: 'Set remote desktop',
				description: 'Turn Remote Management on or off on a Mac',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/remotedesktop' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Shut Down',
				value: 'shutDown',
				action: 'Shut down device',
				description: 'Switch an Apple device off',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/shutdown' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Unlock Account',
				value: 'unlockAccount',
				action: 'Unlock account',
				description: 'Unlock a local account on a Mac after too many wrong passwords',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/unlockaccount' },
					send: { preSend: [requireFields({ UserName: 'User Name' })] },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Update Inventory',
				value: 'updateInventory',
				action: 'Update inventory',
				description: 'Make a device report its inventory now',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/updateinventory' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Update Location',
				value: 'updateLocation',
				action: 'Update location',
				description: 'Ask an iPhone or iPad in Lost Mode where it is',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/action/updatelocation' },
					operations: { pagination: sendAction },
					output: { postReceive: [asDone] },
				},
			},
		],
		default: 'sendBlankPush',
	},
	...deviceActionDeleteUserDescription,
	...deviceActionEnableLostModeDescription,
	...deviceActionEraseDescription,
	...deviceActionLockDescription,
	...deviceActionRefreshCellularPlansDescription,
	...deviceActionResetWorkProfilePasscodeDescription,
	...deviceActionRestartDescription,
	...deviceActionSetNameDescription,
	...deviceActionSwitchesDescription,
	...deviceActionUnlockAccountDescription,
	...waitForCompletionDescription(mdmCommands),
	...leaveNoteDescription,
];
