import type { IDataObject } from 'n8n-workflow';

import { withIsoDates } from '../../shared/fields/isoDates';
import { timeOf } from '../../shared/time';
import type { Inventory } from './complianceData';
import type { Rule, Verdict } from './complianceRules';
import { notApplicable } from './complianceRules';

/** One device with the verdict of each rule, in the order of the rules. */
export interface CheckedDevice {
	device: IDataObject;
	verdicts: Verdict[];
	/** When the oldest data from Prism that the rules used was collected; null if they used none. */
	collectedAt: string | null;
}

const idOf = (device: IDataObject): string => String(device.device_id).toLowerCase();

function verdictOf(
	{ platforms, source, withoutRows, check }: Rule,
	device: IDataObject,
	inventory: Inventory,
	now: number,
): Verdict {
	if (platforms !== undefined) {
		if (!device.platform) return { status: 'unknown', reason: 'The device has no platform' };
		if (!platforms.includes(String(device.platform))) return notApplicable;
	}
	if (source === undefined) return check(device, [], now);
	const rows = inventory.get(source);
	if (rows === undefined) return { status: 'unknown', reason: `${source.name} was not read` };
	if ('reason' in rows) return { status: 'unknown', reason: rows.reason };
	const own = rows.get(idOf(device));
	if (own !== undefined) return check(device, own, now);
	return withoutRows ?? { status: 'unknown', reason: `${source.name} has no data of this device` };
}

/** The date of the oldest data that the rules used of a device. */
function collectedAt(device: IDataObject, inventory: Inventory): string | null {
	let oldest: { time: number; date: string } | undefined;
	for (const rows of inventory.values()) {
		if ('reason' in rows) continue;
		for (const { last_collected_at: date } of rows.get(idOf(device)) ?? []) {
			const time = timeOf(date);
			if (time === undefined || (oldest !== undefined && oldest.time <= time)) continue;
			oldest = { time, date: String(date) };
		}
	}
	return oldest?.date ?? null;
}

/** Judges a device by all rules. */
export const checkDevice = (
	device: IDataObject,
	rules: Rule[],
	inventory: Inventory,
	now: number,
): CheckedDevice => ({
	device,
	verdicts: rules.map((rule) => verdictOf(rule, device, inventory, now)),
	collectedAt: collectedAt(device, inventory),
});

/** Whether every rule that applies to the device is met. An unknown one is not. */
export const isCompliant = ({ verdicts }: CheckedDevice): boolean =>
	verdicts.every(({ status }) => status === 'passed' || status === 'notApplicable');

/** A device in the output. */
export function deviceResult(checked: CheckedDevice, rules: Rule[], now: number): IDataObject {
	const { device, verdicts } = checked;
	const user = (typeof device.user === 'object' ? device.user : null) as IDataObject | null;
	const failed: IDataObject[] = [];
	const unknown: IDataObject[] = [];
	const inapplicable: string[] = [];
	for (const [index, { name: rule }] of rules.entries()) {
		const verdict = verdicts[index]!;
		if (verdict.status === 'failed') {
			failed.push({ rule, expected: verdict.expected, actual: verdict.actual });
		}
		if (verdict.status === 'unknown') unknown.push({ rule, reason: verdict.reason });
		if (verdict.status === 'notApplicable') inapplicable.push(rule);
	}
	return withIsoDates({
		device_id: device.device_id,
		device_name: device.device_name ?? null,
		serial_number: device.serial_number ?? null,
		platform: device.platform ?? null,
		blueprint_id: device.blueprint_id ?? null,
		blueprint_name: device.blueprint_name ?? null,
		user_id: user?.id ?? null,
		user_name: user?.name ?? null,
		user_email: user?.email ?? null,
		compliant: isCompliant(checked),
		failed_rules: failed,
		unknown,
		not_applicable: inapplicable,
		last_check_in: device.last_check_in || null,
		last_collected_at: checked.collectedAt,
		checked_at: new Date(now).toISOString(),
	});
}

/** Devices by their outcome: with a failed rule, without one but with an unknown one, or with neither. */
class DeviceCounts {
	devices = 0;

	compliant = 0;

	non_compliant = 0;

	unknown = 0;

	add({ verdicts }: CheckedDevice): void {
		this.devices++;
		if (verdicts.some(({ status }) => status === 'failed')) this.non_compliant++;
		else if (verdicts.some(({ status }) => status === 'unknown')) this.unknown++;
		else this.compliant++;
	}
}

/** Counts devices by a field of theirs, in the order of its values. */
function countsBy(checked: CheckedDevice[], field: string): IDataObject[] {
	const groups = new Map<string, DeviceCounts>();
	for (const one of checked) {
		const value = String(one.device[field] ?? '');
		const counts = groups.get(value) ?? new DeviceCounts();
		groups.set(value, counts);
		counts.add(one);
	}
	return [...groups]
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([value, counts]) => ({ [field]: value === '' ? null : value, ...counts }));
}

/** The one item of a summary: how many devices are compliant, by rule, blueprint and platform. */
export function summaryResult(checked: CheckedDevice[], rules: Rule[], now: number): IDataObject {
	const all = new DeviceCounts();
	for (const one of checked) all.add(one);
	const perRule = rules.map(({ name }, index) => {
		const of = (status: Verdict['status']) =>
			checked.filter(({ verdicts }) => verdicts[index]!.status === status).length;
		return {
			rule: name,
			passed: of('passed'),
			failed: of('failed'),
			unknown: of('unknown'),
			not_applicable: of('notApplicable'),
		};
	});
	return {
		...all,
		rules: perRule,
		blueprints: countsBy(checked, 'blueprint_name'),
		platforms: countsBy(checked, 'platform'),
		checked_at: new Date(now).toISOString(),
	};
}
