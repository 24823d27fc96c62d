import type { IDataObject } from 'n8n-workflow';

/** A field's value, null where the API has nothing or a blank text. */
export const orNull = (value: IDataObject[string]): IDataObject[string] =>
	value === '' ? null : (value ?? null);

/** Makes a function that keeps the named fields of a record; what it lacks is null. */
export const pickFields =
	(names: string[]) =>
	(record: IDataObject): IDataObject =>
		Object.fromEntries(names.map((name) => [name, orNull(record[name])]));

/** Makes a function that leaves out the named fields of a record, and those without a value. */
export const dropFields = (names: string[]) => {
	const dropped = new Set(names);
	return (record: IDataObject): IDataObject =>
		Object.fromEntries(
			Object.entries(record).filter(
				([name, value]) => !dropped.has(name) && orNull(value) !== null,
			),
		);
};
