import type { IDataObject } from 'n8n-workflow';

/** A field's value, or null if it is missing or an empty string. */
export const orNull = (value: IDataObject[string]): IDataObject[string] =>
	value === '' ? null : (value ?? null);

/** Makes a function that keeps the named fields of a record. Missing ones are null. */
export const pickFields =
	(names: string[]) =>
	(record: IDataObject): IDataObject =>
		Object.fromEntries(names.map((name) => [name, orNull(record[name])]));

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
