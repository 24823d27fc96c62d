import type { IDataObject } from 'n8n-workflow';

/** A field's value, or null if it is missing or an empty string. */
export const orNull = (value: IDataObject[string]): IDataObject[string] =>
	value === '' ? null : (value ?? null);

/** The first of these values that says something; null if none does. */
export const firstOf = (...values: Array<IDataObject[string]>): IDataObject[string] =>
	orNull(values.find((value) => orNull(value) !== null));

/**
 * An object inside a record, such as a device's `user`. The API has null, a text or nothing in its place when there is
 * none: then it is empty.
 */
export function sectionOf(record: IDataObject, name: string): IDataObject {
	const section = record[name];
	const isObject = typeof section === 'object' && section !== null && !Array.isArray(section);
	return isObject ? (section as IDataObject) : {};
}

/** Makes a function that keeps the named fields of a record. Missing ones are null. */
export const pickFields =
	(names: string[]) =>
	(record: IDataObject): IDataObject =>
		Object.fromEntries(names.map((name) => [name, orNull(record[name])]));

/** A record's fields of these names, in the record's order. */
export function keepFields(record: IDataObject, names: string[]): IDataObject {
	const kept = new Set(names);
	return Object.fromEntries(Object.entries(record).filter(([name]) => kept.has(name)));
}

/** Makes a function that drops the named fields of a record, and those without a value. */
export const dropFields = (names: string[]) => {
	const dropped = new Set(names);
	return (record: IDataObject): IDataObject =>
		Object.fromEntries(
			Object.entries(record).filter(
				([name, value]) => !dropped.has(name) && orNull(value) !== null,
			),
		);
};

/** What Simplify calls fields that the API has other names for in some answers, so that every resource says the same. */
const namesInOutput: Record<string, string> = {
	device__family: 'platform',
	device__name: 'device_name',
	device__user_email: 'user_email',
	device__user_name: 'user_name',
	device_serial_number: 'serial_number',
};

/** A record with its device and the device's user under the names that every resource has in Simplify. */
export const commonNames = (record: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(record).map(([name, value]) => [namesInOutput[name] ?? name, value]),
	);
