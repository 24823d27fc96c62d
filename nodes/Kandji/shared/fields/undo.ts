import type { IDataObject } from 'n8n-workflow';

import { isUuid } from '../../transport/routing/ids';
import { nameKey } from '../../transport/routing/matching';
import { sectionOf } from './pick';

/** A value that can be put back; null for none. */
export type UndoValue = string | string[] | null;

/** What was written to a field, and what it had right before. */
export interface FieldChange {
	field: string;
	from: UndoValue;
	to: UndoValue;
}

/** The output field `undo`, and what Device › Undo takes. */
export interface Undo {
	device_id: string;
	serial_number: string;
	changes: FieldChange[];
}

interface UndoField {
	/** Its key in the body of the request that writes it. */
	key: string;
	/** The value that a device's record has; undefined if the record does not tell. */
	valueIn: (device: IDataObject) => UndoValue | undefined;
	/** What a value has to be, as an error says it. */
	shape: string;
	isValid: (value: unknown) => boolean;
	/** The form in which values are compared. */
	keyOf: (value: UndoValue) => string;
	/** False if the API cannot take the value away. */
	isClearable: boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

const textOrNull = (value: IDataObject[string]): string | null | undefined => {
	if (value === null || isText(value)) return value as string | null;
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? null : undefined;
};

const text = (name: string, key: string, isClearable: boolean): UndoField => ({
	key,
	valueIn: (device) => textOrNull(device[name]),
	shape: 'text or null',
	isValid: (value) => value === null || isText(value),
	keyOf: (value) => String(value ?? '').trim(),
	isClearable,
});

const id = (key: string, valueIn: UndoField['valueIn'], isClearable: boolean): UndoField => ({
	key,
	valueIn,
	shape: 'an ID or null',
	isValid: (value) => value === null || (typeof value === 'string' && isUuid(value)),
	keyOf: nameKey,
	isClearable,
});

/** The fields of a device that can be put back, by their names in the output. */
export const undoFields: Record<string, UndoField> = {
	asset_tag: text('asset_tag', 'asset_tag', true),
	blueprint_id: id('blueprint_id', (device) => textOrNull(device.blueprint_id), false),
	device_name: text('device_name', 'DeviceName', false),
	tags: {
		key: 'tags',
		valueIn: ({ tags }) => (Array.isArray(tags) ? tags.map(String) : undefined),
		shape: 'a list of tag names',
		isValid: (value) => Array.isArray(value) && value.every(isText),
		keyOf: (value) => JSON.stringify([...new Set(value)].sort()),
		isClearable: true,
	},
	user_id: id(
		'user',
		(device) => {
			const { user } = device;
			if (user === null || user === '') return null;
			return textOrNull(sectionOf(device, 'user').id) ?? undefined;
		},
		true,
	),
};

/** A field that Device › Undo knows, without what every object inherits. */
export const undoField = (name: string): UndoField | undefined =>
	Object.hasOwn(undoFields, name) ? undoFields[name] : undefined;
