import { sortKey } from './dates';
import type { Device } from './types';

type SortField = keyof typeof FIELDS;

// The only fields that the API sorts devices by.
const FIELDS = {
	asset_tag: (device: Device) => device.asset_tag,
	blueprint_id: (device: Device) => device.blueprint_id,
	device_id: (device: Device) => device.device_id,
	device_name: (device: Device) => device.device_name,
	last_check_in: (device: Device) => sortKey(device.last_check_in),
	model: (device: Device) => device.model,
	platform: (device: Device) => device.platform as string,
	os_version: (device: Device) => device.os_version,
	serial_number: (device: Device) => device.serial_number,
	user: (device: Device) => (device.user ? device.user.name : ''),
};

// Cheaper ways than the sort value to detect that a field changed.
const RAW: Partial<Record<SortField, (device: Device) => string>> = {
	last_check_in: (device) => device.last_check_in,
};

type Compare = (a: Device, b: Device) => number;
type Read = (device: Device) => string;

/** A sorted list with its sort values. */
interface Kept {
	devices: Device[];
	values: string[][];
}

/**
 * All devices by id. Plain `set` and `delete` work as on any Map; the sorted lists that pages are taken
 * from are cached until they are out of date.
 */
export class DeviceTable extends Map<string, Device> {
	/** Where rows with a blank sort value go when the order is descending: last, or first as in Postgres. */
	blanksFirst = false;

	private lists = new Map<string, Kept>();

	override set(id: string, device: Device): this {
		if (this.get(id) !== device) this.lists.clear();
		return super.set(id, device);
	}

	override delete(id: string): boolean {
		this.lists.clear();
		return super.delete(id);
	}

	override clear(): void {
		this.lists.clear();
		super.clear();
	}

	/** Newest first, or by `ordering` (a comma list, `-` reverses); fields that the API does not sort are ignored. */
	list(ordering = ''): readonly Device[] {
		const keys = ordering
			.split(',')
			.map((part) => part.trim())
			.map((part) => ({ field: part.replace(/^-/, '') as SortField, down: part[0] === '-' }))
			.filter(({ field }) => field in FIELDS);
		// IDs never change: a list sorted by ID is valid until devices are added or removed.
		const mutable = keys.filter(({ field }) => field !== 'device_id');
		const reads = mutable.map(({ field }) => RAW[field] ?? FIELDS[field]);
		const name = `${ordering} ${this.blanksFirst}`;
		const kept = this.lists.get(name);
		if (kept && holds(kept, reads)) return kept.devices;
		const devices = [...this.values()].reverse();
		if (keys.length > 0) {
			const compares = keys.map(({ field, down }) => this.byField(FIELDS[field], down));
			devices.sort(byAll(compares));
		}
		this.lists.set(name, { devices, values: reads.map((read) => devices.map(read)) });
		return devices;
	}

	private byField(read: Read, down: boolean): Compare {
		return (a, b) => {
			const left = read(a);
			const right = read(b);
			if (left === right) return 0;
			if (left === '' || right === '') {
				const blankIsFirst = !down || this.blanksFirst;
				return (left === '') === blankIsFirst ? -1 : 1;
			}
			return left < right !== down ? -1 : 1;
		};
	}
}

function byAll(compares: readonly Compare[]): Compare {
	return (a, b) => {
		for (const compare of compares) {
			const result = compare(a, b);
			if (result !== 0) return result;
		}
		return a.device_id < b.device_id ? -1 : 1;
	};
}

// Tests change fields directly, so a cached list is compared with its sort values: far cheaper than sorting.
function holds({ devices, values }: Kept, reads: readonly Read[]): boolean {
	return reads.every((read, index) => {
		const sortedBy = values[index]!;
		for (let at = 0; at < devices.length; at++) {
			if (read(devices[at]!) !== sortedBy[at]) return false;
		}
		return true;
	});
}
