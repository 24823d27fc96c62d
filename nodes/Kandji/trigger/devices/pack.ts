import type { Column, DeviceRecord, Fleet } from './record';
import { hashBytes } from './record';

/** A fleet as it is stored: for each device its id, its flags and a value for each column. */
export interface PackedFleet {
	columns: Column[];
	/** Base64. */
	data: string;
}

const idBytes = 16;
const flagsBytes = 1;
const timeBytes = 5;

/** The longest serial number that is stored, in bytes: its length is stored in one byte. */
const maxSerialBytes = 255;

const widthOf = (column: Column): number =>
	column === 'last_check_in' || column === 'last_enrollment' ? timeBytes : hashBytes;

const serialOf = ({ values }: DeviceRecord): Buffer =>
	Buffer.from(String(values.serial_number ?? '')).subarray(0, maxSerialBytes);

function sizeOf(record: DeviceRecord, columns: readonly Column[]): number {
	let size = idBytes + flagsBytes;
	for (const column of columns) {
		size += column === 'serial_number' ? 1 + serialOf(record).length : widthOf(column);
	}
	return size;
}

/** Packs a fleet. Every record has these columns. */
export function packFleet(fleet: Fleet, columns: Column[]): PackedFleet {
	let size = 0;
	for (const record of fleet.values()) size += sizeOf(record, columns);
	const buffer = Buffer.alloc(size);
	let offset = 0;
	for (const record of fleet.values()) {
		offset += buffer.write(record.id, offset, 'hex');
		offset = buffer.writeUInt8(record.flags, offset);
		for (const column of columns) {
			if (column === 'serial_number') {
				const serial = serialOf(record);
				offset = buffer.writeUInt8(serial.length, offset);
				offset += serial.copy(buffer, offset);
			} else {
				offset = buffer.writeUIntBE(Number(record.values[column] ?? 0), offset, widthOf(column));
			}
		}
	}
	return { columns, data: buffer.toString('base64') };
}

/**
 * Unpacks a stored fleet. Its records have the columns that they were stored with, even if others are needed now.
 *
 * @throws RangeError when the data is truncated
 */
export function unpackFleet({ columns: stored, data }: PackedFleet): Fleet {
	// n8n wraps static data in proxies, which are slow.
	const columns = [...stored];
	const buffer = Buffer.from(data, 'base64');
	const fleet: Fleet = new Map();
	let offset = 0;
	const take = (bytes: number) => {
		if (offset + bytes > buffer.length) throw new RangeError('The stored devices are truncated');
		offset += bytes;
		return offset - bytes;
	};
	while (offset < buffer.length) {
		const id = buffer.toString('hex', take(idBytes), offset);
		const flags = buffer.readUInt8(take(flagsBytes));
		const values: DeviceRecord['values'] = {};
		for (const column of columns) {
			if (column === 'serial_number') {
				const length = buffer.readUInt8(take(1));
				values[column] = buffer.toString('utf8', take(length), offset);
			} else {
				const width = widthOf(column);
				values[column] = buffer.readUIntBE(take(width), width);
			}
		}
		fleet.set(id, { id, flags, values });
	}
	return fleet;
}
