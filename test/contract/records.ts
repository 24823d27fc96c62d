import type { IDataObject } from 'n8n-workflow';

/** A record without these fields. */
export const without = (record: IDataObject, ...names: string[]): IDataObject =>
	Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
