import { randomFor } from './random';
import type { Device } from './types';

/** What the tenant knows of a device beyond its list record; derived from seed and id, never stored. */
export interface Traits {
	mac_address: string;
	/** null where the platform has no FileVault. */
	filevault_enabled: boolean | null;
	filevault_escrowed: boolean;
	supervised: boolean;
	local_ip: string;
	public_ip: string;
	/** Disk size in GB and how much of it is used, in percent. */
	capacity: number;
	used: number;
	udid: string;
	/** Android: who owns the device, which decides what an administrator may do. */
	company_owned: boolean;
}

/** Overrides by device id, for tests that need a device with a certain trait. */
export type TraitOverrides = Map<string, Partial<Traits>>;

/** The traits of `device`: the same for the same seed and id, with `overrides` on top. */
export function traitsOf(seed: number, device: Device, overrides: TraitOverrides): Traits {
	const random = randomFor(seed, `traits ${device.device_id}`);
	const mac = device.platform === 'Mac';
	const address = random.hex(12).match(/../g)!.join(':');
	return {
		mac_address: device.platform === 'AppleTV' ? '' : address,
		filevault_enabled: mac ? random.chance(82) : null,
		filevault_escrowed: mac && random.chance(75),
		supervised: random.chance(85),
		local_ip: mac && random.chance(90) ? `192.168.${random.int(0, 9)}.${random.int(2, 254)}` : '',
		public_ip: random.chance(60) ? `203.0.113.${random.int(1, 254)}` : '',
		capacity: random.pick([128, 256, 512, 1024]),
		used: random.int(5, 97),
		udid: random.uuid(),
		company_owned: random.chance(70),
		...overrides.get(device.device_id),
	};
}
