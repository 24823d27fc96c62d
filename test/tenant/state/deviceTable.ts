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

type Compare = (a: Device, b: Device) => number;

/**
 * All devices by id. Plain `set` and `delete` work as on any Map; the sorted lists that pages are cut
 * from are kept until they no longer hold.
 */
export class DeviceTable extends Map<string, Device> {
	/** Where rows with a blank sort value go when the order is descending: last, or first as in Postgres. */
	blanksFirst = false;

	private lists = new Map<string, Device[]>();

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
		const compare = this.comparison(ordering);
		const cached = this.lists.get(ordering);
		if (cached && (!compare || ordering === 'device_id' || isSorted(cached, compare))) {
			return cached;
		}
		const list = [...this.values()].reverse();
		if (compare) list.sort(compare);
		this.lists.set(ordering, list);
		return list;
	}

	private comparison(ordering: string): Compare | undefined {
		const compares = ordering
			.split(',')
			.map((part) => part.trim())
			.map((part) => ({ read: FIELDS[part.replace(/^-/, '') as SortField], down: part[0] === '-' }))
			.filter(({ read }) => read !== undefined)
			.map(({ read, down }) => this.byField(read, down));
		if (compares.length === 0) return undefined;
		return (a, b) => {
			for (const compare of compares) {
				const result = compare(a, b);
				if (result !== 0) return result;
			}
			return a.device_id < b.device_id ? -1 : 1;
		};
	}

	private byField(read: (device: Device) => string, down: boolean): Compare {
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

// Tests change fields directly, so a kept list is checked, which is far cheaper than sorting again.
function isSorted(list: readonly Device[], compare: Compare): boolean {
	for (let index = 1; index < list.length; index++) {
		if (compare(list[index - 1]!, list[index]!) > 0) return false;
	}
	return true;
}
