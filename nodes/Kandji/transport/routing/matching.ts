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

/** Whether a device has exactly this serial number. */
export function hasSerial(device: IDataObject, wanted: string): boolean {
	const serial = serialOf(device);
	return serial !== undefined && serialKey(serial) === serialKey(wanted);
}

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
