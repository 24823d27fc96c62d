import type { IDataObject } from 'n8n-workflow';

import { sectionOf } from '../../shared/fields/pick';
import { isoDate } from '../../shared/fields/isoDates';
import { timeOf } from '../../shared/time';
import { nameKey } from '../../transport/routing/matching';
import type { Source } from './complianceSources';
import { appsSource, libraryItemSource, prismSource, threatsSource } from './complianceSources';
import { isVersionAtLeast } from '../../shared/versions';

/** What a rule says about one device. */
export type Verdict =
	| { status: 'passed' | 'notApplicable' }
	| { status: 'failed'; expected: IDataObject[string]; actual: IDataObject[string] }
	| { status: 'unknown'; reason: string };

/** A requirement that a device meets or not. */
export interface Rule {
	/** As the output calls it. */
	name: string;
	/** The platforms that it applies to; all when left out. */
	platforms?: string[];
	/** What it needs besides the device list. */
	source?: Source;
	/** The verdict on a device that the source has no row of; unknown when left out. */
	withoutRows?: Verdict;
	/**
	 * Judges a device. Data that is missing is unknown, never passed.
	 *
	 * @param device a row of the device list
	 * @param rows the rows that the source has of the device
	 * @param now milliseconds since 1970
	 */
	check: (device: IDataObject, rows: IDataObject[], now: number) => Verdict;
}

const passed: Verdict = { status: 'passed' };

export const notApplicable: Verdict = { status: 'notApplicable' };

const unknown = (reason: string): Verdict => ({ status: 'unknown', reason });

const passedIf = (
	isMet: boolean,
	expected: IDataObject[string],
	actual: IDataObject[string],
): Verdict => (isMet ? passed : { status: 'failed', expected, actual });

/** A text of the API; undefined where it has none. "No value" stands for a missing one in some answers. */
function textOf(value: unknown): string | undefined {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return text === '' || text.toLowerCase() === 'no value' ? undefined : text;
}

/** A switch of the API, which is a boolean in lists and a text in details; undefined where it has none. */
function flagOf(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** A switch that has to be on. */
const mustBeOn = (value: unknown): Verdict => {
	const isOn = flagOf(value);
	return isOn === undefined
		? unknown('Kandji has no value for this device')
		: passedIf(isOn, true, false);
};

const mac = ['Mac'];

/** Platforms that Kandji's agent runs on. */
const withAgent = ['Mac', 'Windows'];

const ofPrism = (name: string, source: Source, column: string): Rule => ({
	name,
	platforms: mac,
	source,
	check: (_device, [row]) => mustBeOn(row?.[column]),
});

const fileVault = prismSource('FileVault', 'filevault', ['status', 'key_escrowed']);
const startup = prismSource('Startup Settings', 'startup_settings', ['sip', 'secure_boot_level']);

export const fileVaultOn = ofPrism('FileVault On', fileVault, 'status');

export const recoveryKeyEscrowed = ofPrism('Recovery Key Escrowed', fileVault, 'key_escrowed');

export const firewallOn = ofPrism(
	'Firewall On',
	prismSource('Application Firewall', 'application_firewall', ['status']),
	'status',
);

export const gatekeeperOn = ofPrism(
	'Gatekeeper On',
	prismSource('Gatekeeper and XProtect', 'gatekeeper_and_xprotect', ['gatekeeper_status']),
	'gatekeeper_status',
);

export const systemIntegrityProtectionOn = ofPrism(
	'System Integrity Protection On',
	startup,
	'sip',
);

/** The API calls the level "full"; macOS itself "Full Security". */
export const fullSecureBoot: Rule = {
	name: 'Full Secure Boot',
	platforms: mac,
	source: startup,
	check: (_device, [row]) => {
		const level = textOf(row?.secure_boot_level);
		return level === undefined
			? unknown('Kandji has no value for this device')
			: passedIf(/^full\b/i.test(level), 'full', level);
	},
};

export const mdmEnabled: Rule = {
	name: 'MDM Enabled',
	check: ({ mdm_enabled: isEnabled }) => mustBeOn(isEnabled),
};

export const agentInstalled: Rule = {
	name: 'Agent Installed',
	platforms: withAgent,
	check: ({ agent_installed: isInstalled }) => mustBeOn(isInstalled),
};

function versionVerdict(actual: string | undefined, minimum: string): Verdict {
	if (actual === undefined) return unknown('Kandji has no version for this device');
	const isMet = isVersionAtLeast(actual, minimum);
	return isMet === undefined
		? unknown(`The version is "${actual}"`)
		: passedIf(isMet, minimum, actual);
}

export const minimumAgentVersion = (minimum: string): Rule => ({
	name: 'Minimum Agent Version',
	platforms: withAgent,
	check: ({ agent_installed: isInstalled, agent_version: version }) =>
		flagOf(isInstalled) === false
			? { status: 'failed', expected: minimum, actual: 'not installed' }
			: versionVerdict(textOf(version), minimum),
});

const windowsRelease = /^\d\dH\d$/i;

/** The versions that the minimum of a platform can be compared with. */
export const isComparableOsVersion = (platform: string, minimum: string): boolean =>
	platform === 'Windows'
		? windowsRelease.test(minimum) || /^\d+(?:\.\d+){2,}$/.test(minimum)
		: /^\d+(?:\.\d+)*$/.test(minimum);

/** Windows has a release such as 24H2 as its version, and a build such as 10.0.26100.6584 in another field. */
export const minimumOsVersion = (platform: string, minimum: string): Rule => ({
	name: `Minimum OS Version: ${platform}`,
	platforms: [platform],
	check: ({ os_version: version, full_software_version: build }) => {
		if (platform !== 'Windows') return versionVerdict(textOf(version), minimum);
		if (!windowsRelease.test(minimum)) return versionVerdict(textOf(build), minimum);
		const release = textOf(version);
		return release === undefined || windowsRelease.test(release)
			? versionVerdict(release, minimum)
			: unknown(`The version is "${release}"`);
	},
});

const dayMs = 86_400_000;

export const checkedInWithin = (days: number): Rule => ({
	name: 'Checked In Within',
	check: ({ last_check_in: date }, _rows, now) => {
		const time = timeOf(date);
		return time === undefined
			? unknown('The device has no check-in')
			: passedIf(now - time <= days * dayMs, `within ${days} days`, isoDate(String(date)));
	},
});

export const userAssigned: Rule = {
	name: 'User Assigned',
	check: (device) => {
		if (device.user === undefined) return unknown('Kandji has no value for this device');
		return passedIf(textOf(sectionOf(device, 'user').id) !== undefined, true, false);
	},
};

/** @param wanted names or IDs */
export const blueprintIsOneOf = (wanted: string[]): Rule => {
	const keys = new Set(wanted.map(nameKey));
	return {
		name: 'Blueprint Is One Of',
		check: ({ blueprint_id: id, blueprint_name: name }) =>
			textOf(id) === undefined && textOf(name) === undefined
				? unknown('Kandji has no blueprint for this device')
				: passedIf(keys.has(nameKey(id)) || keys.has(nameKey(name)), wanted, textOf(name) ?? null),
	};
};

export const tagIsOneOf = (wanted: string[]): Rule => {
	const keys = new Set(wanted.map(nameKey));
	return {
		name: 'Tag Is One Of',
		check: ({ tags }) =>
			Array.isArray(tags)
				? passedIf(
						tags.some((tag) => keys.has(nameKey(tag))),
						wanted,
						tags as string[],
					)
				: unknown('Kandji has no tags for this device'),
	};
};

/** An app that has to be there. */
export interface RequiredApp {
	/** Name or bundle ID. */
	app: string;
	minimumVersion?: string;
}

const isApp = (app: string, row: IDataObject): boolean => {
	const key = nameKey(app).replace(/\.app$/, '');
	return key === nameKey(row.bundle_id) || key === nameKey(row.name).replace(/\.app$/, '');
};

const noApps = unknown('Kandji has no app inventory of this device');

/**
 * The rules on apps, which share one source.
 *
 * @param absent names or bundle IDs
 */
export function appRules(present: RequiredApp[], absent: string[]): Rule[] {
	const source = appsSource([...present.map(({ app }) => app), ...absent]);
	const ofApp = (
		name: string,
		app: string,
		judge: (versions: Array<string | undefined>) => Verdict,
	): Rule => ({
		name: `${name}: ${app}`,
		source,
		withoutRows: noApps,
		check: (_device, rows) =>
			judge(rows.filter((row) => isApp(app, row)).map(({ version }) => textOf(version))),
	});
	return [
		...present.map(({ app, minimumVersion }) =>
			ofApp('App Present', app, (versions) => {
				const expected = minimumVersion ?? 'installed';
				if (versions.length === 0) return { status: 'failed', expected, actual: 'not installed' };
				if (minimumVersion === undefined) return passed;
				// Of several copies the newest counts.
				const verdicts = versions.map((version) => versionVerdict(version, minimumVersion));
				return (
					verdicts.find(({ status }) => status === 'passed') ??
					verdicts.find(({ status }) => status === 'unknown') ??
					verdicts[0]!
				);
			}),
		),
		...absent.map((app) =>
			ofApp('App Absent', app, (versions) =>
				passedIf(
					versions.length === 0,
					'not installed',
					`installed${versions[0] === undefined ? '' : `: ${versions[0]}`}`,
				),
			),
		),
	];
}

/** Statuses of library items, which the API writes in upper and lower case. */
const libraryStatuses: Record<string, Verdict['status']> = {
	available: 'passed',
	cached: 'passed',
	error: 'failed',
	excluded: 'notApplicable',
	failed: 'failed',
	incompatible: 'notApplicable',
	pass: 'passed',
	remediated: 'passed',
	success: 'passed',
};

/** @param title how the output calls the library item */
export const libraryItemWithoutFailures = (id: string, title: string): Rule => ({
	name: `Library Item Without Failures: ${title}`,
	source: libraryItemSource(id),
	// The list of a library item has every device that it is assigned to.
	withoutRows: notApplicable,
	check: (_device, [row]) => {
		const status = textOf(row?.status);
		switch (libraryStatuses[status?.toLowerCase() ?? '']) {
			case 'passed':
				return passed;
			case 'notApplicable':
				return notApplicable;
			case 'failed':
				return { status: 'failed', expected: 'no failure', actual: status };
			default:
				return unknown(
					status === undefined ? 'The library item has no status' : `The status is ${status}`,
				);
		}
	},
});

/** A threat is open until an analyst closes it, whatever became of its file. */
export const noOpenThreats: Rule = {
	name: 'No Open Threats',
	platforms: mac,
	source: threatsSource,
	withoutRows: passed,
	check: (_device, rows) => {
		const open = rows.filter(({ management_state: state }) => nameKey(state) !== 'closed').length;
		return passedIf(open === 0, 0, open);
	},
};
