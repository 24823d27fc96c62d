import type { IDataObject } from 'n8n-workflow';

import { orNull } from '../../shared/fields/pick';
import { bySerialKey, currentRecord, nameKey, serialKey } from '../../transport/routing/matching';

/** A row of the table. A cell that is left out or undefined is not compared; null clears it. */
export interface TableRow {
	serialNumber: string;
	assetTag?: string | null;
	/** Name or ID. */
	blueprint?: string;
	deviceName?: string;
	tagsToHave?: string[];
	/** Names, or beginnings of names with an asterisk at the end. */
	tagsNotToHave?: string[];
	userEmail?: string | null;
}

/** What the tenant has, as far as the rows need it. */
export interface TenantRecords {
	devices: IDataObject[];
	/** Undefined if the token may not read them. */
	adeDevices?: IDataObject[];
	users: IDataObject[];
	blueprints: IDataObject[];
	tags: IDataObject[];
}

/** Lists that the rows can need besides the devices. */
export type NeededList = Exclude<keyof TenantRecords, 'devices'>;

export interface SyncSettings {
	createMissingTags: boolean;
	updateAdeDevices: boolean;
}

/** A difference between a row and the tenant. */
export interface Change {
	field: string;
	from: IDataObject[string];
	to: IDataObject[string];
}

export type PlanStatus = 'ambiguous' | 'failed' | 'planned' | 'unchanged' | 'unknown';

/** What has to be done for a row. */
export interface PlannedRow {
	serialNumber: string;
	status: PlanStatus;
	/** Why nothing is done, as sentences. */
	problems: string[];
	/** The device, or its record in Apple Business Manager if it has not enrolled yet. */
	device?: IDataObject;
	adeDevice?: IDataObject;
	changes: Change[];
	/** The body of the update; empty if there is none. */
	body: IDataObject;
	/** The name to give to the device, which is a command. */
	deviceName?: string;
	/** Tags that the tenant does not have yet. */
	missingTags: string[];
}

/** Notes a cell that cannot be put into effect: nothing is done for its row then. */
type Report = (status: 'ambiguous' | 'failed', problem: string) => undefined;

const quoted = (text: string): string => `"${text.slice(0, 80)}"`;

/** The only record that matches; undefined if there is none, or several. */
function only(
	matches: IDataObject[],
	what: string,
	given: string,
	report: Report,
): IDataObject | undefined {
	const [match, ...others] = matches;
	if (match === undefined) return report('failed', `There is no ${what} ${quoted(given)}`);
	if (others.length === 0) return match;
	return report('ambiguous', `${matches.length} records match the ${what} ${quoted(given)}`);
}

const findUser = (
	email: string,
	{ users }: TenantRecords,
	report: Report,
): IDataObject | undefined =>
	only(
		users.filter((user) => user.archived !== true && nameKey(user.email) === nameKey(email)),
		'user with the email',
		email,
		report,
	);

function findBlueprint(
	wanted: string,
	{ blueprints }: TenantRecords,
	report: Report,
): IDataObject | undefined {
	const key = nameKey(wanted);
	const byId = blueprints.filter(({ id }) => nameKey(id) === key);
	const matches = byId.length > 0 ? byId : blueprints.filter(({ name }) => nameKey(name) === key);
	return only(matches, 'blueprint', wanted, report);
}

/** Nobody is "" or null. */
const userOf = ({ user }: IDataObject): IDataObject | null =>
	(typeof user === 'object' ? user : null) as IDataObject | null;

/** @param wanted name or ID */
const isInBlueprint = (device: IDataObject, wanted: string): boolean =>
	[device.blueprint_id, device.blueprint_name].map(nameKey).includes(nameKey(wanted));

/** Whether a name matches an entry of Tags Not to Have. */
const matchesEntry = (tag: string, entry: string): boolean => {
	const key = nameKey(entry);
	return key.endsWith('*') ? nameKey(tag).startsWith(key.slice(0, -1)) : nameKey(tag) === key;
};

/** The tags that a device has after the change, and those of them that the tenant does not have. */
function changedTags(
	current: string[],
	{ tagsToHave = [], tagsNotToHave = [] }: TableRow,
	{ tags }: TenantRecords,
	report: Report,
): { next: string[]; missing: string[] } {
	const wanted = new Set(tagsToHave.map(nameKey));
	const contradiction = tagsNotToHave.find((entry) => wanted.has(nameKey(entry)));
	if (contradiction !== undefined) {
		report(
			'failed',
			`The tag ${quoted(contradiction)} is in both Tags to Have and Tags Not to Have`,
		);
	}
	const next = current.filter(
		(tag) => wanted.has(nameKey(tag)) || !tagsNotToHave.some((entry) => matchesEntry(tag, entry)),
	);
	const has = new Set(next.map(nameKey));
	const missing: string[] = [];
	for (const name of tagsToHave) {
		if (has.has(nameKey(name))) continue;
		has.add(nameKey(name));
		const alike = tags
			.map((tag) => String(tag.name))
			.filter((tag) => nameKey(tag) === nameKey(name));
		const stored = alike.includes(name) ? [name] : alike;
		if (stored.length > 1) {
			report('ambiguous', `${stored.length} tags match ${quoted(name)}`);
		}
		if (stored.length === 0) missing.push(name);
		next.push(stored[0] ?? name);
	}
	return { next, missing };
}

const textOf = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

/** Adds a row's changes of a device. */
function planDevice(
	plan: PlannedRow,
	row: TableRow,
	device: IDataObject,
	records: TenantRecords,
	report: Report,
): void {
	const { assetTag, blueprint, deviceName, tagsToHave, tagsNotToHave, userEmail } = row;
	const { body, changes } = plan;
	if (assetTag !== undefined && (assetTag ?? '') !== textOf(device.asset_tag)) {
		body.asset_tag = assetTag;
		changes.push({ field: 'asset_tag', from: orNull(device.asset_tag), to: assetTag });
	}
	if (blueprint !== undefined && !isInBlueprint(device, blueprint)) {
		const found = findBlueprint(blueprint, records, report);
		body.blueprint_id = found?.id;
		changes.push({
			field: 'blueprint_name',
			from: orNull(device.blueprint_name),
			to: found?.name,
		});
	}
	if (deviceName !== undefined && deviceName !== textOf(device.device_name)) {
		plan.deviceName = deviceName;
		changes.push({ field: 'device_name', from: orNull(device.device_name), to: deviceName });
	}
	if (tagsToHave !== undefined || tagsNotToHave !== undefined) {
		// The API replaces all tags: without the present ones, all of them would be lost.
		if (!Array.isArray(device.tags)) report('failed', 'Kandji returned no tags of the device');
		const current = Array.isArray(device.tags) ? device.tags.map(String) : [];
		const { next, missing } = changedTags(current, row, records, report);
		if (next.length !== current.length || next.some((tag, index) => tag !== current[index])) {
			body.tags = next;
			plan.missingTags = missing;
			changes.push({ field: 'tags', from: current, to: next });
		}
	}
	const user = userOf(device);
	if (userEmail === null && user !== null) {
		body.user = null;
		changes.push({ field: 'user_email', from: orNull(user.email), to: null });
	} else if (typeof userEmail === 'string' && nameKey(user?.email) !== nameKey(userEmail)) {
		const found = findUser(userEmail, records, report);
		body.user = found?.id;
		changes.push({ field: 'user_email', from: orNull(user?.email), to: found?.email });
	}
}

/** Adds a row's changes of a device that has not enrolled yet. Its name and tags cannot be set before. */
function planAdeDevice(
	{ body, changes }: PlannedRow,
	{ assetTag, blueprint, userEmail }: TableRow,
	adeDevice: IDataObject,
	records: TenantRecords,
	report: Report,
): void {
	if (assetTag !== undefined && (assetTag ?? '') !== textOf(adeDevice.asset_tag)) {
		body.asset_tag = assetTag;
		changes.push({ field: 'asset_tag', from: orNull(adeDevice.asset_tag), to: assetTag });
	}
	if (blueprint !== undefined) {
		const id = findBlueprint(blueprint, records, report)?.id;
		if (nameKey(id) !== nameKey(adeDevice.blueprint_id)) {
			Object.assign(body, { use_blueprint_routing: false, blueprint_id: id });
			changes.push({ field: 'blueprint_id', from: orNull(adeDevice.blueprint_id), to: id });
		}
	}
	if (userEmail !== undefined) {
		const id = userEmail === null ? null : findUser(userEmail, records, report)?.id;
		if (nameKey(id) !== nameKey(adeDevice.user_id)) {
			body.user_id = id;
			changes.push({ field: 'user_id', from: orNull(adeDevice.user_id), to: id });
		}
	}
}

/** The numbers of the rows, from 1, that have the serial number of another row. */
function repeatedRows(rows: TableRow[]): Map<string, number[]> {
	const numbers = new Map<string, number[]>();
	for (const [index, { serialNumber }] of rows.entries()) {
		const key = serialKey(serialNumber);
		numbers.set(key, [...(numbers.get(key) ?? []), index + 1]);
	}
	return numbers;
}

/**
 * Compares a table with the tenant.
 *
 * @returns what has to be done for each row, in the order of the rows
 */
export function planSync(
	rows: TableRow[],
	records: TenantRecords,
	{ createMissingTags, updateAdeDevices }: SyncSettings,
): PlannedRow[] {
	const devices = bySerialKey(records.devices);
	const adeDevices = bySerialKey(records.adeDevices ?? []);
	const numbers = repeatedRows(rows);

	const fill = (plan: PlannedRow, row: TableRow, report: Report): void => {
		const key = serialKey(row.serialNumber);
		const same = numbers.get(key) ?? [];
		const found = devices.get(key) ?? [];
		const [adeDevice, ...others] = adeDevices.get(key) ?? [];
		if (key === '') return report('failed', 'Serial Number is empty');
		if (same.length > 1) {
			return report('ambiguous', `The rows ${same.join(', ')} have the same serial number`);
		}
		if (found.length > 0) {
			plan.device = currentRecord(found);
			if (plan.device === undefined) {
				return report('ambiguous', `${found.length} devices have this serial number`);
			}
			planDevice(plan, row, plan.device, records, report);
			if (plan.missingTags.length > 0 && !createMissingTags) {
				report('failed', `There is no tag ${plan.missingTags.map(quoted).join(', ')}`);
			}
			return;
		}
		if (adeDevice === undefined) {
			plan.status = 'unknown';
			plan.problems.push('There is no device with this serial number');
			return;
		}
		plan.adeDevice = adeDevice;
		if (others.length > 0) {
			return report(
				'ambiguous',
				`${others.length + 1} devices in Apple Business Manager have this serial number`,
			);
		}
		if (!updateAdeDevices) {
			plan.status = 'unknown';
			plan.problems.push('The device has not enrolled yet');
			return;
		}
		planAdeDevice(plan, row, adeDevice, records, report);
	};

	return rows.map((row) => {
		const plan: PlannedRow = {
			serialNumber: row.serialNumber,
			status: 'unchanged',
			problems: [],
			changes: [],
			body: {},
			missingTags: [],
		};
		fill(plan, row, (status, problem) => {
			// A cell that is wrong weighs more than one that could mean several records.
			if (plan.status !== 'failed') plan.status = status;
			plan.problems.push(problem);
			return undefined;
		});
		if (plan.problems.length > 0) {
			return { ...plan, changes: [], body: {}, deviceName: undefined, missingTags: [] };
		}
		return plan.changes.length > 0 ? { ...plan, status: 'planned' } : plan;
	});
}

/** The lists that a table needs besides the devices: those that its differences refer to. */
export function neededLists(
	rows: TableRow[],
	devices: IDataObject[],
	{ updateAdeDevices }: SyncSettings,
): Set<NeededList> {
	const known = bySerialKey(devices);
	const needed = new Set<NeededList>();
	for (const row of rows) {
		const found = known.get(serialKey(row.serialNumber)) ?? [];
		const device = currentRecord(found) ?? found[0];
		if (device === undefined) needed.add('adeDevices');
		if (device === undefined && !updateAdeDevices) continue;
		const email = nameKey(userOf(device ?? {})?.email);
		if (typeof row.userEmail === 'string' && email !== nameKey(row.userEmail)) {
			needed.add('users');
		}
		if (row.blueprint !== undefined && !isInBlueprint(device ?? {}, row.blueprint)) {
			needed.add('blueprints');
		}
		const tags = Array.isArray(device?.tags) ? device.tags.map(nameKey) : [];
		if (device !== undefined && row.tagsToHave?.some((tag) => !tags.includes(nameKey(tag)))) {
			needed.add('tags');
		}
	}
	return needed;
}
