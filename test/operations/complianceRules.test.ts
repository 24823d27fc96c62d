import type { IDataObject } from 'n8n-workflow';

import type { Rule, Verdict } from '../../nodes/Kandji/resources/device/complianceRules';
import {
	agentInstalled,
	appRules,
	blueprintIsOneOf,
	checkedInWithin,
	fileVaultOn,
	firewallOn,
	fullSecureBoot,
	gatekeeperOn,
	libraryItemWithoutFailures,
	mdmEnabled,
	minimumAgentVersion,
	minimumOsVersion,
	noOpenThreats,
	recoveryKeyEscrowed,
	systemIntegrityProtectionOn,
	tagIsOneOf,
	userAssigned,
} from '../../nodes/Kandji/resources/device/complianceRules';
import type { SourceRows } from '../../nodes/Kandji/resources/device/complianceData';
import type { Source } from '../../nodes/Kandji/resources/device/complianceSources';
import {
	checkDevice,
	deviceResult,
	summaryResult,
} from '../../nodes/Kandji/resources/device/complianceResult';

const now = Date.UTC(2026, 6, 24);
const collected = '2026-07-23T10:00:00.000000+00:00';

const mac: IDataObject = {
	device_id: '3de7b283-1a44-47ef-bde1-2f556a8a32f7',
	device_name: "Ana's MacBook Air",
	serial_number: 'FVHHFKF7Q6L4',
	platform: 'Mac',
	os_version: '15.6.1',
	last_check_in: '2026-07-23T14:11:37.150080Z',
	user: { id: '1', name: 'Ana Silva', email: 'ana@acme.example' },
	blueprint_id: '2118bda6-8772-4c5b-ae0a-bb506b2b9516',
	blueprint_name: 'Engineering',
	tags: ['Loaner', 'Finance'],
	mdm_enabled: true,
	agent_installed: true,
	agent_version: '4.5.9 (5160)',
};
const windows: IDataObject = {
	...mac,
	platform: 'Windows',
	os_version: '24H2',
	full_software_version: '10.0.26100.6584',
};

const [slackPresent, newSlack, noZoom] = appRules(
	[{ app: 'Slack' }, { app: 'com.tinyspeck.slackmacgap', minimumVersion: '4.40' }],
	['zoom.us'],
) as [Rule, Rule, Rule];
const slack = { name: 'Slack.app', bundle_id: 'com.tinyspeck.slackmacgap', version: '4.45.60' };
const safari = { name: 'Safari', bundle_id: 'com.apple.Safari', version: '18.6' };
const item = libraryItemWithoutFailures('c0148e35-c734-4402-b2fb-1c61aab72550', 'Chrome');

/** A rule, and a device with rows that meets it. */
interface MetRule {
	rule: Rule;
	device: IDataObject;
	rows: IDataObject[];
}

const met = (rule: Rule, rows: IDataObject[] = [], device = mac): MetRule => ({
	rule,
	device,
	rows,
});

const metRules = [
	met(agentInstalled),
	met(blueprintIsOneOf(['Sales', 'engineering '])),
	met(blueprintIsOneOf([String(mac.blueprint_id).toUpperCase()])),
	met(checkedInWithin(1)),
	met(fileVaultOn, [{ status: true }]),
	met(firewallOn, [{ status: true }]),
	met(fullSecureBoot, [{ secure_boot_level: 'full' }]),
	met(gatekeeperOn, [{ gatekeeper_status: true }]),
	met(item, [{ status: 'PASS' }]),
	met(mdmEnabled),
	met(minimumAgentVersion('4.5.9')),
	met(minimumOsVersion('Mac', '15.6')),
	met(minimumOsVersion('Windows', '24H2'), [], windows),
	met(minimumOsVersion('Windows', '10.0.26100'), [], windows),
	met(newSlack, [slack]),
	met(noOpenThreats, [{ management_state: 'closed' }]),
	met(recoveryKeyEscrowed, [{ key_escrowed: true }]),
	met(slackPresent, [slack]),
	met(systemIntegrityProtectionOn, [{ sip: true }]),
	met(tagIsOneOf(['finance'])),
	met(userAssigned),
];

/** The verdict on one device, as the operation comes to it. */
function verdictOf(rule: Rule, device: IDataObject, rows: SourceRows | IDataObject[]): Verdict {
	const inventory = new Map<Source, SourceRows>();
	if (rule.source !== undefined) {
		inventory.set(
			rule.source,
			Array.isArray(rows) ? new Map([[String(device.device_id), rows]]) : rows,
		);
	}
	return checkDevice(device, [rule], inventory, now).verdicts[0]!;
}

describe('a rule that is met', () => {
	it.each(metRules.map((entry) => [entry.rule.name, entry] as const))(
		'%s passes',
		(_name, { rule, device, rows }) => {
			expect(verdictOf(rule, device, rows)).toEqual({ status: 'passed' });
		},
	);
});

describe('missing data never passes', () => {
	const missing = [undefined, null, '', 'No value', {}, 'unknown'];

	it.each(metRules.map((entry) => [entry.rule.name, entry] as const))(
		'%s, when a value that it reads is missing',
		(_name, { rule, device, rows }) => {
			let read = 0;
			for (const [index, record] of [device, ...rows].entries()) {
				for (const field of Object.keys(record)) {
					for (const value of missing) {
						const records = [device, ...rows].map((one, at) =>
							at === index ? { ...one, [field]: value } : one,
						);
						const [changed, ...others] = records as [IDataObject, ...IDataObject[]];
						const before = rule.check(device, rows, now);
						const after = rule.check(changed, others, now);
						if (JSON.stringify(before) === JSON.stringify(after)) continue;
						read++;
						expect(['unknown', 'failed']).toContain(after.status);
					}
				}
			}
			// Each rule reads something; otherwise nothing was tried above.
			expect(read).toBeGreaterThan(0);
		},
	);

	it.each(
		metRules
			.filter(({ rule }) => rule.source !== undefined)
			.map((entry) => [entry.rule.name, entry] as const),
	)('%s, when its source cannot be read', (_name, { rule, device }) => {
		expect(verdictOf(rule, device, { reason: 'no permission' })).toEqual({
			status: 'unknown',
			reason: 'no permission',
		});
		expect(checkDevice(device, [rule], new Map(), now).verdicts[0]!.status).toBe('unknown');
	});

	it.each(
		[fileVaultOn, firewallOn, fullSecureBoot, gatekeeperOn, newSlack, noZoom, slackPresent].map(
			(rule) => [rule.name, rule] as const,
		),
	)('%s, when Prism has nothing of the device', (_name, rule) => {
		expect(verdictOf(rule, mac, new Map()).status).toBe('unknown');
	});

	it('of a device without a platform', () => {
		const device = { ...mac, platform: '' };
		expect(verdictOf(fileVaultOn, device, [{ status: true }]).status).toBe('unknown');
	});
});

describe('a rule that is not met', () => {
	it.each<[Rule, IDataObject, IDataObject[], unknown, unknown]>([
		[agentInstalled, { agent_installed: false }, [], true, false],
		[agentInstalled, { agent_installed: 'False' }, [], true, false],
		[blueprintIsOneOf(['Sales']), {}, [], ['Sales'], 'Engineering'],
		[
			checkedInWithin(30),
			{ last_check_in: '2026-06-23T23:59:59Z' },
			[],
			'within 30 days',
			'2026-06-23T23:59:59Z',
		],
		[fileVaultOn, {}, [{ status: false }], true, false],
		[firewallOn, {}, [{ status: false }], true, false],
		[fullSecureBoot, {}, [{ secure_boot_level: 'none' }], 'full', 'none'],
		[gatekeeperOn, {}, [{ gatekeeper_status: false }], true, false],
		[item, {}, [{ status: 'ERROR' }], 'no failure', 'ERROR'],
		[item, {}, [{ status: 'failed' }], 'no failure', 'failed'],
		[mdmEnabled, { mdm_enabled: false }, [], true, false],
		[minimumAgentVersion('4.6'), {}, [], '4.6', '4.5.9 (5160)'],
		[minimumAgentVersion('4'), { agent_installed: false }, [], '4', 'not installed'],
		[minimumOsVersion('Mac', '15.7'), {}, [], '15.7', '15.6.1'],
		[minimumOsVersion('Windows', '25H2'), windows, [], '25H2', '24H2'],
		[minimumOsVersion('Windows', '10.0.26200'), windows, [], '10.0.26200', '10.0.26100.6584'],
		[newSlack, {}, [{ ...slack, version: '4.39.9' }], '4.40', '4.39.9'],
		[newSlack, {}, [safari], '4.40', 'not installed'],
		[noOpenThreats, {}, [{}, { management_state: 'open' }], 0, 2],
		[noZoom, {}, [{ name: 'ZOOM.US', version: '6.5.3' }], 'not installed', 'installed: 6.5.3'],
		[noZoom, {}, [{ name: 'zoom.us' }], 'not installed', 'installed'],
		[recoveryKeyEscrowed, {}, [{ key_escrowed: false }], true, false],
		[slackPresent, {}, [safari], 'installed', 'not installed'],
		[systemIntegrityProtectionOn, {}, [{ sip: false }], true, false],
		[tagIsOneOf(['VIP']), {}, [], ['VIP'], ['Loaner', 'Finance']],
		[userAssigned, { user: '' }, [], true, false],
		[userAssigned, { user: null }, [], true, false],
	])('$name fails: %#', (rule, change, rows, expected, actual) => {
		expect(verdictOf(rule, { ...mac, ...change }, rows)).toEqual({
			status: 'failed',
			expected,
			actual,
		});
	});
});

describe('rules on apps', () => {
	it.each<[string, Rule, IDataObject[], Verdict['status']]>([
		[
			'other apps with the name inside theirs do not count',
			slackPresent,
			[{ ...slack, name: 'Slack Helper', bundle_id: 'com.tinyspeck.slackmacgap.helper' }],
			'failed',
		],
		[
			'the newest of several copies counts',
			newSlack,
			[
				{ ...slack, version: '4.1' },
				{ ...slack, version: '4.41' },
			],
			'passed',
		],
		[
			'a copy without a version may be new enough',
			newSlack,
			[
				{ ...slack, version: '4.1' },
				{ ...slack, version: null },
			],
			'unknown',
		],
		['a Mac with other apps has not the forbidden one', noZoom, [safari, slack], 'passed'],
	])('%s', (_title, rule, rows, status) => {
		expect(verdictOf(rule, mac, rows).status).toBe(status);
	});

	it('pass on an iPhone whose inventory is known, without any app', () => {
		const phone = { ...mac, platform: 'iPhone' };
		expect(verdictOf(noZoom, phone, [{ last_collected_at: collected }]).status).toBe('passed');
		expect(verdictOf(noZoom, phone, new Map()).status).toBe('unknown');
	});

	it('are unknown on platforms that Prism has no apps of', () => {
		expect(verdictOf(noZoom, windows, new Map()).status).toBe('unknown');
	});
});

describe('a library item', () => {
	it.each([
		['AVAILABLE', 'passed'],
		['CACHED', 'passed'],
		['CHANGE_PENDING', 'unknown'],
		['DOWNLOADING', 'unknown'],
		['EXCLUDED', 'notApplicable'],
		['INCOMPATIBLE', 'notApplicable'],
		['INSTALLING', 'unknown'],
		['PENDING', 'unknown'],
		['pending', 'unknown'],
		['success', 'passed'],
		['a new one', 'unknown'],
	])('with status %s: %s', (status, expected) => {
		expect(verdictOf(item, mac, [{ status }]).status).toBe(expected);
	});

	it('that is not assigned to the device does not apply to it', () => {
		expect(verdictOf(item, mac, new Map()).status).toBe('notApplicable');
	});
});

describe('platforms', () => {
	const phone = { ...mac, platform: 'iPhone' };

	it.each(
		[
			agentInstalled,
			fileVaultOn,
			firewallOn,
			fullSecureBoot,
			gatekeeperOn,
			minimumAgentVersion('1'),
			minimumOsVersion('Mac', '15'),
			noOpenThreats,
			recoveryKeyEscrowed,
			systemIntegrityProtectionOn,
		].map((rule) => [rule.name, rule] as const),
	)('%s does not apply to an iPhone', (_name, rule) => {
		expect(verdictOf(rule, phone, new Map()).status).toBe('notApplicable');
	});

	it('a release is not compared with a build of Windows', () => {
		const device = { ...windows, os_version: '10.0.26100' };
		expect(verdictOf(minimumOsVersion('Windows', '23H2'), device, []).status).toBe('unknown');
	});
});

describe('the output', () => {
	const phone = { ...mac, device_id: 'A', platform: 'iPhone', user: '', blueprint_name: 'Mobile' };
	const silent = { ...mac, device_id: 'B', last_check_in: '', os_version: '14.1' };
	const rules = [fileVaultOn, checkedInWithin(30), minimumOsVersion('Mac', '15')];
	const inventory = new Map<Source, SourceRows>([
		[
			fileVaultOn.source!,
			new Map([[String(mac.device_id), [{ status: true, last_collected_at: collected }]]]),
		],
	]);
	const checked = [mac, phone, silent].map((device) => checkDevice(device, rules, inventory, now));

	it('of a device has its IDs, its user, the rules, and the age of the data', () => {
		const [first, second, third] = checked.map((one) => deviceResult(one, rules, now));
		expect(first).toEqual({
			device_id: mac.device_id,
			device_name: "Ana's MacBook Air",
			serial_number: 'FVHHFKF7Q6L4',
			platform: 'Mac',
			blueprint_id: mac.blueprint_id,
			blueprint_name: 'Engineering',
			user_id: '1',
			user_name: 'Ana Silva',
			user_email: 'ana@acme.example',
			compliant: true,
			failed_rules: [],
			unknown: [],
			not_applicable: [],
			last_check_in: '2026-07-23T14:11:37.150080Z',
			last_collected_at: '2026-07-23T10:00:00.000000Z',
			checked_at: '2026-07-24T00:00:00.000Z',
		});
		expect(second).toMatchObject({
			user_id: null,
			compliant: true,
			not_applicable: ['FileVault On', 'Minimum OS Version: Mac'],
			last_collected_at: null,
		});
		expect(third).toMatchObject({
			compliant: false,
			failed_rules: [{ rule: 'Minimum OS Version: Mac', expected: '15', actual: '14.1' }],
			unknown: [
				{ rule: 'FileVault On', reason: 'Prism › FileVault has no data of this device' },
				{ rule: 'Checked In Within', reason: 'The device has no check-in' },
			],
			last_check_in: null,
		});
	});

	it('of a summary counts every device once per group', () => {
		const counts = { devices: 3, compliant: 2, non_compliant: 1, unknown: 0 };
		expect(summaryResult(checked, rules, now)).toEqual({
			...counts,
			rules: [
				{ rule: 'FileVault On', passed: 1, failed: 0, unknown: 1, not_applicable: 1 },
				{ rule: 'Checked In Within', passed: 2, failed: 0, unknown: 1, not_applicable: 0 },
				{ rule: 'Minimum OS Version: Mac', passed: 1, failed: 1, unknown: 0, not_applicable: 1 },
			],
			blueprints: [
				{ blueprint_name: 'Engineering', devices: 2, compliant: 1, non_compliant: 1, unknown: 0 },
				{ blueprint_name: 'Mobile', devices: 1, compliant: 1, non_compliant: 0, unknown: 0 },
			],
			platforms: [
				{ platform: 'Mac', devices: 2, compliant: 1, non_compliant: 1, unknown: 0 },
				{ platform: 'iPhone', devices: 1, compliant: 1, non_compliant: 0, unknown: 0 },
			],
			checked_at: '2026-07-24T00:00:00.000Z',
		});
	});

	it('is the same whatever case the IDs of the API have', () => {
		const device = { ...mac, device_id: String(mac.device_id).toUpperCase() };
		const one = checkDevice(device, [fileVaultOn], inventory, now);
		expect(one.verdicts).toEqual([{ status: 'passed' }]);
	});
});
