import type { Resource } from '../core';

/** The licence and how much of it is used. */
export const licensing: Resource = (add, { state }) => {
	add('GET /api/v1/settings/licensing', () => {
		const counts = { Mac: 0, iPhone: 0, iPad: 0, AppleTV: 0, Windows: 0, Android: 0 };
		for (const { platform } of state.devices.values()) counts[platform]++;
		const total = state.devices.size;
		return {
			counts: {
				computers_count: total,
				ios_count: counts.iPhone,
				ipados_count: counts.iPad,
				macos_count: counts.Mac,
				tvos_count: counts.AppleTV,
			},
			limits: {
				plan_type: 'single_limit',
				max_devices: state.maxDevices,
				max_devices_per_platform: { macos: 0, ios_ipados: 0 },
			},
			tenantOverLicenseLimit: total > state.maxDevices,
		};
	});
};
