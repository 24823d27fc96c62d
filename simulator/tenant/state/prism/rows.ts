import type { Rows } from '../../http/paging';
import type { TenantState } from '../index';
import type { Device } from '../types';
import { commonColumns, type Category, type Row } from './common';

/** The devices that have rows in a category, with the number of rows before each. */
interface Index {
	devices: Device[];
	before: number[];
	total: number;
}

// The sorted device list keeps its identity until devices are added or removed, and platforms never change.
const indexes = new WeakMap<readonly Device[], Map<Category, Index>>();

/** The devices whose inventory was collected, by id. */
function collectedDevices({ devices, uncollected }: TenantState): readonly Device[] {
	const all = devices.list('device_id');
	return uncollected.size === 0 ? all : all.filter(({ device_id: id }) => !uncollected.has(id));
}

function indexOf(list: readonly Device[], category: Category): Index {
	const known = indexes.get(list) ?? new Map<Category, Index>();
	indexes.set(list, known);
	let index = known.get(category);
	if (!index) {
		index = { devices: [], before: [], total: 0 };
		for (const device of list) {
			const rows = category.rowsOf(device);
			if (rows === 0) continue;
			index.devices.push(device);
			index.before.push(index.total);
			index.total += rows;
		}
		known.set(category, index);
	}
	return index;
}

// The last position whose value is not above `wanted`.
function search<T>(values: readonly T[], isAbove: (value: T) => boolean): number {
	let low = 0;
	let high = values.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (isAbove(values[middle]!)) high = middle;
		else low = middle + 1;
	}
	return low - 1;
}

/** All rows of a category by device id, each made when a page asks for it. */
export function lazyRows(state: TenantState, category: Category): Rows<Row> {
	const index = indexOf(collectedDevices(state), category);
	return {
		length: index.total,
		slice(start, end) {
			const rows: Row[] = [];
			const last = Math.min(end, index.total);
			let common: Row | undefined;
			let at = search(index.before, (before) => before > start);
			for (let row = start; row < last; row++) {
				if (index.before[at + 1]! <= row) {
					at++;
					common = undefined;
				}
				const device = index.devices[at]!;
				common ??= commonColumns(device);
				rows.push({
					...common,
					...category.row(state, device, row - index.before[at]!),
				});
			}
			return rows;
		},
	};
}

/** The position after `number` rows of the device, which a cursor points to, also when the device is gone. */
export function positionAfter(
	state: TenantState,
	category: Category,
	deviceId: string,
	number: number,
): number {
	const index = indexOf(collectedDevices(state), category);
	const at = search(index.devices, (device) => device.device_id > deviceId);
	if (at < 0) return 0;
	const rows = (index.before[at + 1] ?? index.total) - index.before[at]!;
	const isSame = index.devices[at]!.device_id === deviceId;
	return index.before[at]! + (isSame ? Math.min(number, rows) : rows);
}

/** The device and the number of its rows up to and including row `position`. */
export function rowName(
	state: TenantState,
	category: Category,
	position: number,
): { deviceId: string; number: number } {
	const index = indexOf(collectedDevices(state), category);
	const at = search(index.before, (before) => before > position);
	return { deviceId: index.devices[at]!.device_id, number: position - index.before[at]! + 1 };
}
