import { z } from 'zod';

import type { Platform } from '../state/models';

const APPLE: readonly Platform[] = ['Mac', 'iPhone', 'iPad', 'AppleTV'];
const MOBILE: readonly Platform[] = ['iPhone', 'iPad'];
const MAC: readonly Platform[] = ['Mac'];

/** What an action is: on which platforms, with which body, and the MDM commands it becomes. */
export interface Action {
	platforms: readonly Platform[];
	body: z.ZodType<Record<string, unknown>, z.ZodTypeDef, unknown>;
	/** Commands that appear in the device's list; none for what only wakes the device. */
	commands: readonly string[];
	/** Only where the device has a modem. */
	cellular?: boolean;
}

const body = <T extends z.ZodRawShape>(shape: T) => z.object(shape).partial().strict();
const nothing = body({});
const toggle = z.object({ Enabled: z.boolean() }).strict();
const inventory = ['DeviceInformation', 'SecurityInfo', 'InstalledApplicationList'];

const eraseFlags = z
	.string()
	.refine(
		(flags) =>
			flags.split(',').every((flag) => /^(WIPE_EXTERNAL_STORAGE|WIPE_ESIMS)$/.test(flag.trim())),
		'Not a valid erase flag.',
	);

const erase = body({
	PIN: z.string().regex(/^\d{6}$/, 'The PIN must have six digits.'),
	PreserveDataPlan: z.boolean(),
	DisallowProximitySetup: z.boolean(),
	ReturnToService: z.object({ Enabled: z.boolean(), ProfileId: z.string().optional() }).strict(),
	erase_mode: z.enum(['WIPE', 'WIPE_CLOUD', 'WIPE_PROTECTED']),
	erase_flags: eraseFlags,
});

/** Every device action by the last part of its URL. Bodies are strict: the API's keys are PascalCase. */
export const ACTIONS: Record<string, Action> = {
	blankpush: { platforms: APPLE, body: nothing, commands: [] },
	clearpasscode: { platforms: MOBILE, body: nothing, commands: ['ClearPasscode'] },
	dailycheckin: { platforms: [...APPLE, 'Windows'], body: nothing, commands: inventory },
	deleteuser: {
		platforms: ['Mac', 'iPad'],
		body: body({
			DeleteAllUsers: z.boolean(),
			ForceDeletion: z.boolean(),
			UserName: z.string(),
		}).refine((sent) => sent.DeleteAllUsers === true || sent.UserName, {
			path: ['UserName'],
			message: 'This field is required unless DeleteAllUsers is true.',
		}),
		commands: ['DeleteUser'],
	},
	disablelostmode: { platforms: MOBILE, body: nothing, commands: ['DisableLostMode'] },
	enablelostmode: {
		platforms: MOBILE,
		body: body({ Message: z.string(), PhoneNumber: z.string(), Footnote: z.string() }),
		commands: ['EnableLostMode'],
	},
	erase: {
		platforms: [...APPLE, 'Windows', 'Android'],
		body: erase,
		commands: ['EraseDevice'],
	},
	lock: {
		platforms: ['Mac', 'iPhone', 'iPad', 'Android'],
		body: body({ Message: z.string(), PhoneNumber: z.string() }),
		commands: ['DeviceLock'],
	},
	playlostmodesound: { platforms: MOBILE, body: nothing, commands: ['PlayLostModeSound'] },
	refreshcellularplans: {
		platforms: MOBILE,
		cellular: true,
		body: z.object({ eSIMServerURL: z.string().url() }).strict(),
		commands: ['RefreshCellularPlans'],
	},
	reinstallagent: { platforms: MAC, body: nothing, commands: ['InstallEnterpriseApplication'] },
	remotedesktop: {
		platforms: MAC,
		body: z.object({ EnableRemoteDesktop: z.boolean() }).strict(),
		commands: ['RemoteDesktop'],
	},
	renewmdmprofile: { platforms: APPLE, body: nothing, commands: ['InstallProfile'] },
	resetworkprofilepasscode: {
		platforms: ['Android'],
		body: body({
			newPassword: z.string().min(4, 'The passcode must have at least 4 characters.'),
			resetPasswordFlags: z.array(
				z.enum(['REQUIRE_ENTRY', 'DO_NOT_ASK_CREDENTIALS_ON_BOOT', 'LOCK_NOW']),
			),
		}),
		commands: ['ResetPassword'],
	},
	restart: {
		platforms: APPLE,
		body: body({ RebuildKernelCache: z.boolean(), NotifyUser: z.boolean() }),
		commands: ['RestartDevice'],
	},
	setname: {
		platforms: APPLE,
		body: z.object({ DeviceName: z.string().min(1, 'This field may not be blank.') }).strict(),
		commands: ['SetName'],
	},
	shutdown: {
		platforms: ['Mac', 'iPhone', 'iPad'],
		body: nothing,
		commands: ['ShutDownDevice'],
	},
	toggledataroaming: {
		platforms: MOBILE,
		cellular: true,
		body: toggle,
		commands: ['SetDataRoaming'],
	},
	togglepersonalhotspot: {
		platforms: MOBILE,
		cellular: true,
		body: toggle,
		commands: ['SetPersonalHotspot'],
	},
	unlockaccount: {
		platforms: MAC,
		body: z.object({ UserName: z.string().min(1, 'This field may not be blank.') }).strict(),
		commands: ['UnlockUserAccount'],
	},
	updateinventory: { platforms: APPLE, body: nothing, commands: inventory },
	updatelocation: { platforms: MOBILE, body: nothing, commands: ['DeviceLocation'] },
};
