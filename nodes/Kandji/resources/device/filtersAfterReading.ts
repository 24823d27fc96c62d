import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';

import { entriesOf } from '../../shared/fields/commaList';
import { idsOfBlueprints } from '../../shared/preSend/ids';
import { devicePlatforms } from '../../shared/fields/platforms';
import { dateOf } from '../../shared/preSend/dates';
import { timeOf } from '../../shared/time';
import { apiError, inputError } from '../../transport/http/errors';
import { listAll } from '../../transport/lists/listAll';
import { acceptsList } from '../../transport/routing/fieldChecks';
import { readOncePerRun } from '../../transport/routing/itemQueue';
import { lookups, recordsByEntries } from '../../transport/routing/lookups';
import type { Rule } from './complianceRules';
import {
	agentInstalled,
	fileVaultOn,
	isComparableOsVersion,
	mdmEnabled,
	minimumOsVersion,
	userAssigned,
} from './complianceRules';
import { prismPages } from './complianceSources';

/** Whether a device passes a filter. */
export type Passes = (device: IDataObject) => boolean;

/** A filter that a device passes or not once it was read, because the API has none for it, or not for several values. */
interface DeviceFilter {
	field: INodeProperties;
	/**
	 * Reads the filter's value.
	 *
	 * @throws NodeOperationError naming the field when the value cannot be used
	 */
	read: (
		context: IExecutePaginationFunctions,
		value: unknown,
	) => { passes: Passes; sent?: SentFilter } | Promise<{ passes: Passes; sent?: SentFilter }>;
}

/** What the API can filter of a {@link DeviceFilter}. */
interface SentFilter {
	query: IDataObject;
	/** The API's parameters for the same thing: if another filter sends one, this one is applied after reading. */
	parameters: string[];
	/** True if every device that the API returns passes. */
	isExact: boolean;
}

const afterReading =
	'Applied after reading the devices, since the API has no such filter, so it can take more requests';

const dateFilter = (
	displayName: string,
	name: string,
	column: 'last_check_in' | 'last_enrollment',
	isWanted: (time: number, moment: number) => boolean,
	description: string,
): DeviceFilter => ({
	field: {
		displayName,
		name,
		type: 'dateTime',
		default: '',
		description: `${description}. ${afterReading}.`,
	},
	read: (context, value) => {
		const moment = dateOf(context, displayName, value);
		return {
			passes: (device) => {
				const time = timeOf(device[column]);
				return time !== undefined && isWanted(time, moment);
			},
		};
	},
});

const isBefore = (time: number, moment: number): boolean => time < moment;
const isSince = (time: number, moment: number): boolean => time >= moment;

/** A filter by the verdict of a compliance rule; a device on which the rule has none does not pass. */
const passesRule = (
	{ platforms, check }: Rule,
	status: 'failed' | 'passed',
	rowsOf: (device: IDataObject) => IDataObject[] = () => [],
): Passes => {
	const applies: Passes = ({ platform }) => platforms?.includes(String(platform)) ?? true;
	return (device) => applies(device) && check(device, rowsOf(device), 0).status === status;
};

const versionFilter = (
	displayName: string,
	name: string,
	status: 'failed' | 'passed',
	description: string,
): DeviceFilter => ({
	field: {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. 15.6.1',
		description: `${description}. Compared as versions: 15.10 is above 15.9. For Windows, enter a release such as 24H2 or a build such as 10.0.26100. ${afterReading}.`,
	},
	read: (context, value) => {
		const version = String(value).trim();
		if (!['Mac', 'Windows'].some((platform) => isComparableOsVersion(platform, version))) {
			throw inputError(
				context,
				`The filter ${displayName} is not a version: "${version.slice(0, 80)}"`,
				'Nothing was sent. Enter a version such as 15.6.1, 24H2 or 10.0.26100.',
			);
		}
		return {
			passes: (device) => {
				const platform = String(device.platform);
				const isComparable = isComparableOsVersion(platform, version);
				return isComparable && passesRule(minimumOsVersion(platform, version), status)(device);
			},
		};
	},
});

/** A switch that keeps the devices that do not meet a compliance rule, or, if off, those that do. */
const notMet = (
	displayName: string,
	name: string,
	rule: Rule,
	description: string,
): DeviceFilter => ({
	field: {
		displayName,
		name,
		type: 'boolean',
		default: true,
		description: `Whether to return only ${description}. ${afterReading}.`,
	},
	read: (_context, isOn) => ({ passes: passesRule(rule, isOn === true ? 'failed' : 'passed') }),
});

/** The IDs, in small letters, of the Macs whose FileVault Prism knows to be on or off. */
async function readFileVault(
	context: IExecutePaginationFunctions,
	isOn: boolean,
): Promise<Set<string>> {
	const url = '/api/v1/prism/filevault';
	const qs = { filter: JSON.stringify({ status: { eq: isOn } }) };
	const rows = await listAll(context, url, qs, prismPages);
	const passes = passesRule(fileVaultOn, isOn ? 'passed' : 'failed', (row) => [row]);
	return new Set(
		rows
			.filter((row) => passes({ ...row, platform: 'Mac' }))
			.map(({ device_id: id }) => {
				if (typeof id === 'string' && id !== '') return id.toLowerCase();
				const problem = 'Kandji’s response does not name the devices';
				throw apiError(context, { path: url, problem });
			}),
	);
}

const fileVaultOff: DeviceFilter = {
	field: {
		displayName: 'FileVault Off',
		name: 'fileVaultOff',
		type: 'boolean',
		default: true,
		description: `Whether to return only Macs with FileVault off. If off, only Macs with FileVault on. Read from Prism once per run, which requires the permission for its FileVault category. ${afterReading}.`,
	},
	read: async (context, isOff) => {
		const isOn = isOff !== true;
		const ids = await readOncePerRun(
			context,
			`FileVault ${isOn ? 'on' : 'off'}`,
			async () => await readFileVault(context, isOn),
		);
		return {
			passes: ({ device_id: id }) => ids.has(String(id).toLowerCase()),
			sent: { query: { platform: 'Mac' }, parameters: ['platform'], isExact: false },
		};
	},
};

const platforms: DeviceFilter = {
	field: {
		displayName: 'Platforms',
		name: 'platforms',
		type: 'multiOptions',
		options: devicePlatforms,
		default: [],
		description:
			'Only devices of any of these platforms. Several are applied after reading the devices, since the API takes one.',
	},
	read: (_context, value) => {
		const wanted = value as string[];
		const passes: Passes = ({ platform }) => wanted.includes(String(platform));
		if (wanted.length > 1) return { passes };
		const sent = { query: { platform: wanted[0] }, parameters: ['platform'], isExact: true };
		return { passes, sent };
	},
};

const blueprints: DeviceFilter = {
	field: acceptsList({
		displayName: 'Blueprints',
		name: 'blueprints',
		type: 'string',
		default: '',
		placeholder: 'e.g. Engineering, Sales',
		description:
			'Comma-separated list of names or IDs of blueprints, not case-sensitive. Only devices in any of them. Several are applied after reading the devices, since the API takes one.',
	}),
	read: async (context, value) => {
		const ids = await idsOfBlueprints(context, value);
		const wanted = new Set(ids.map((id) => id.toLowerCase()));
		const passes: Passes = ({ blueprint_id: id }) => wanted.has(String(id).toLowerCase());
		if (wanted.size > 1) return { passes };
		const sent = { query: { blueprint_id: ids[0] }, parameters: ['blueprint_id'], isExact: true };
		return { passes, sent };
	},
};

const tagParameters = ['tag_id', 'tag_id_in', 'tag_name', 'tag_name_in'];

/** Makes a filter by tags; a device whose tags are not known does not pass. */
const tagFilter = (
	displayName: string,
	name: string,
	description: string,
	isWanted: (tags: unknown[], wanted: string[]) => boolean,
	sentOf: (ids: string[]) => Omit<SentFilter, 'parameters'> | undefined,
): DeviceFilter => ({
	field: acceptsList({
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. Finance, Loaner',
		description: `Comma-separated list of names or IDs of tags, not case-sensitive. ${description}.`,
	}),
	read: async (context, value) => {
		const records = await recordsByEntries(
			context,
			displayName,
			lookups.tag.name,
			entriesOf(value),
		);
		const names = records.map((tag) => String(tag.name));
		const sent = sentOf([...new Set(records.map(lookups.tag.name.idOf))]);
		return {
			passes: ({ tags }) => Array.isArray(tags) && isWanted(tags, names),
			...(sent && { sent: { ...sent, parameters: tagParameters } }),
		};
	},
});

/** In the order in which they are read: those that need no request come first, so that nothing is sent if one is wrong. */
export const filtersAfterReading: DeviceFilter[] = [
	dateFilter(
		'Enrolled After',
		'enrolledAfter',
		'last_enrollment',
		isSince,
		'Only devices whose last enrollment was at this time or later',
	),
	dateFilter(
		'Enrolled Before',
		'enrolledBefore',
		'last_enrollment',
		isBefore,
		'Only devices whose last enrollment was before this time',
	),
	dateFilter(
		'Last Check-In After',
		'lastCheckInAfter',
		'last_check_in',
		isSince,
		'Only devices whose last check-in was at this time or later',
	),
	dateFilter(
		'Last Check-In Before',
		'lastCheckInBefore',
		'last_check_in',
		isBefore,
		'Only devices whose last check-in was before this time, without those that never checked in',
	),
	versionFilter(
		'OS At Least',
		'osAtLeast',
		'passed',
		'Only devices with this version of the operating system or a later one',
	),
	versionFilter(
		'OS Older Than',
		'osOlderThan',
		'failed',
		'Only devices with an earlier version of the operating system',
	),
	notMet(
		'Agent Missing',
		'agentMissing',
		agentInstalled,
		'Macs and Windows devices without the Kandji agent. If off, only those with it',
	),
	notMet(
		'MDM Off',
		'mdmOff',
		mdmEnabled,
		'devices with MDM turned off. If off, only those with MDM enabled',
	),
	notMet(
		'Without User',
		'withoutUser',
		userAssigned,
		'devices that are not assigned to a user. If off, only those that are',
	),
	platforms,
	blueprints,
	tagFilter(
		'Tags (All)',
		'tagsAll',
		'Only devices with all of them. Several are applied after reading the devices, since the API takes one',
		(tags, wanted) => wanted.every((tag) => tags.includes(tag)),
		(ids) => ({ query: { tag_id: ids[0] }, isExact: ids.length === 1 }),
	),
	tagFilter(
		'Tags (Any)',
		'tagsAny',
		'Only devices with any of them',
		(tags, wanted) => wanted.some((tag) => tags.includes(tag)),
		(ids) => ({ query: { tag_id_in: ids.join(',') }, isExact: true }),
	),
	tagFilter(
		'Tags (None)',
		'tagsNone',
		`Only devices with none of them. ${afterReading}`,
		(tags, wanted) => !wanted.some((tag) => tags.includes(tag)),
		() => undefined,
	),
	fileVaultOff,
];
