import type { IDataObject } from 'n8n-workflow';

/**
 * The form in which serial numbers are compared: without outer blanks, and with ASCII letters in capitals. No other
 * letter is changed: the Kelvin sign is no K, and the i without a dot no I, though Unicode makes them so.
 */
export const serialKey = (text: string): string =>
	text.trim().replace(/[a-z]+/g, (letters) => letters.toUpperCase());

/**
 * The form in which names and emails are compared: without outer blanks, in Unicode's composed form, in small letters.
 * Composed once more, since small letters can be written in two ways where capitals cannot.
 */
export const nameKey = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number'
		? String(value).trim().normalize('NFC').toLowerCase().normalize('NFC')
		: '';

/** A device's serial number; undefined for a record without one, which no typed serial number matches. */
export function serialOf({ serial_number: serial }: IDataObject): string | undefined {
	const text = typeof serial === 'string' || typeof serial === 'number' ? String(serial) : '';
	return text.trim() === '' ? undefined : text.trim();
}

/** A record's serial number in the form in which they are compared; '' for a record without one. */
export const serialKeyOf = (record: IDataObject): string => serialKey(serialOf(record) ?? '');

/** Records by a key, in their order. */
export function groupBy<T>(records: Iterable<T>, keyOf: (record: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const record of records) {
		const key = keyOf(record);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [record]);
		else group.push(record);
	}
	return groups;
}

/** Records by their serial number, as {@link serialKey}; those without one are left out. */
export const bySerialKey = (records: IDataObject[]): Map<string, IDataObject[]> =>
	groupBy(
		records.filter((record) => serialOf(record) !== undefined),
		serialKeyOf,
	);

/**
 * What to ask the API for so that its answer contains every record of this name, however it is stored: the API's
 * filters mean "contains", and a letter with an accent is stored as one character or as two. Empty when no part of the
 * name is the same in both forms.
 */
export function searchableText(name: string): string {
	const parts = [''];
	for (const letter of name.trim().normalize('NFC')) {
		if (letter.normalize('NFD') === letter) parts.push(`${parts.pop()}${letter}`);
		else parts.push('');
	}
	return parts
		.map((part) => part.trim())
		.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

/** How records are compared with what a person calls them. */
export interface Matcher {
	/** The API's filter, which means "contains"; '' where the list has none. */
	filter: string;
	/** What to ask the filter for. */
	ask: (text: string) => string;
	/** What a record is compared by. It is '' for one without it, which matches nothing. */
	keyOf: (record: IDataObject) => string;
	/** As {@link keyOf}, for what the user entered. */
	keyOfText: (text: string) => string;
}

/** Compares by a name or an email. */
export const byName = (filter: string, nameOf: (record: IDataObject) => unknown): Matcher => ({
	filter,
	ask: searchableText,
	keyOf: (record) => nameKey(nameOf(record)),
	keyOfText: nameKey,
});

/** How devices are found in the device list. */
export const deviceMatchers = {
	email: byName('user_email', ({ user }) => (user as IDataObject | null | undefined)?.email),
	name: byName('device_name', ({ device_name: name }) => name),
	serial: {
		filter: 'serial_number',
		ask: (text) => text.trim(),
		keyOf: serialKeyOf,
		keyOfText: serialKey,
	},
} satisfies Record<string, Matcher>;

/** Whether a record is called `text`, exactly. */
export function isCalled(
	{ keyOf, keyOfText }: Matcher,
	record: IDataObject,
	text: string,
): boolean {
	const key = keyOf(record);
	return key !== '' && key === keyOfText(text);
}

/** The query that keeps every record that may match. */
export function queryFor({ filter, ask }: Matcher, text: string): IDataObject {
	const asked = filter === '' ? '' : ask(text);
	return asked === '' ? {} : { [filter]: asked };
}

/** Whether a device is managed and checks in: neither removed nor missing. */
export const isPresent = ({ is_missing: missing, is_removed: removed }: IDataObject): boolean =>
	missing !== true && removed !== true;

/**
 * The record that is meant among those with one serial number. A device that enrolls again leaves its old record
 * behind, as missing or removed.
 *
 * @returns the only record, or the only one that is present; undefined when neither is the case
 */
export function currentRecord(records: IDataObject[]): IDataObject | undefined {
	const present = records.filter(isPresent);
	const [record] = present.length === 1 ? present : records;
	return present.length === 1 || records.length === 1 ? record : undefined;
}

/** Devices as an error lists them: IDs, names, serial numbers and last check-ins. */
export function describeDevices(devices: IDataObject[]): string {
	const shown = devices.slice(0, 10).map((device) => {
		const state =
			device.is_removed === true ? ', removed' : device.is_missing === true ? ', missing' : '';
		const seen = device.last_check_in ? String(device.last_check_in) : 'never';
		const name = String(device.device_name ?? '').slice(0, 60);
		return `${String(device.device_id)} ("${name}", serial number ${serialOf(device) ?? 'missing'}, last check-in ${seen}${state})`;
	});
	const more = devices.length - shown.length;
	return shown.join('; ') + (more > 0 ? `; and ${more} more` : '');
}
