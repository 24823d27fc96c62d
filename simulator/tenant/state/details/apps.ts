import { ANDROID_APPS, MAC_APPS, MOBILE_APPS, WINDOWS_APPS, type InstalledApp } from '../apps';
import { parseDate, zulu } from '../dates';
import { hash } from '../random';
import type { TenantState } from '../index';
import type { Device } from '../types';

/** `GET /devices/{id}/apps`: another record for Apple's platforms, for Windows and for Android. */
export function appsOf(state: TenantState, device: Device): Array<Record<string, unknown>> {
	switch (device.platform) {
		case 'Windows':
			return WINDOWS_APPS.map(windowsApp);
		case 'Android':
			return ANDROID_APPS.map(androidApp);
		case 'Mac':
			return MAC_APPS.map((app) => macApp(state, device, app));
		default:
			return MOBILE_APPS.map((app) => mobileApp(device, app));
	}
}

function macApp(state: TenantState, device: Device, app: InstalledApp): Record<string, unknown> {
	const seen = zulu(parseDate(device.last_enrollment));
	return {
		app_id: String((hash(`${state.seed}${device.device_id}${app.bundle}`) % 900_000) + 10_000),
		app_name: app.name,
		bundle_id: app.bundle,
		bundle_size: '1',
		app_store_vendable: '',
		device_based_vpp: '',
		source: app.apple ? 'Apple' : 'Identified Developer',
		process: app.name,
		signature: app.apple ? 'Software Signing, Apple Root CA' : `Developer ID (${app.team})`,
		creation_date: seen,
		modification_date: seen,
		path: `/Applications/${app.name}.app`,
		version: app.version,
	};
}

function mobileApp(device: Device, app: InstalledApp): Record<string, unknown> {
	return {
		app_id: `${device.device_id.slice(0, 24)}${hash(app.bundle).toString(16).padStart(12, '0')}`,
		app_name: app.name,
		bundle_id: app.bundle,
		bundle_size: '68390912',
		app_store_vendable: 'False',
		device_based_vpp: 'True',
		source: '',
		process: '',
		signature: '',
		creation_date: '',
		modification_date: '',
		path: '',
		version: app.version,
	};
}

function windowsApp(app: InstalledApp): Record<string, unknown> {
	return {
		name: app.bundle,
		display_name: app.name,
		publisher: app.developer,
		publisher_display_name: app.developer,
		product_code: '',
		version: app.version,
		architecture: 'x64',
		installed_path: `C:\\Program Files\\${app.name}\\`,
		application_type: app.bundle.includes('.') ? 'AppxMsix' : 'Win32',
	};
}

function androidApp(app: InstalledApp): Record<string, unknown> {
	const digest = hash(app.bundle).toString(16).padStart(8, '0');
	return {
		display_name: app.name,
		package_name: app.bundle,
		version_name: app.version,
		application_source: 'INSTALLED_FROM_PLAY_STORE',
		installer_package_name: 'com.android.vending',
		sha256_hash: digest.repeat(8),
		sha1_hashes: [digest.repeat(5)],
	};
}
