import type { Sizes } from '../options';
import { DAY, zulu, zuluSeconds } from './dates';
import { assignLazily, lazy } from './lazy';
import type { Random } from './random';

/** What every library item has. */
export interface LibraryItem {
	id: string;
	name: string;
	type: string;
}

interface Dated {
	id: string;
	name: string;
	active: boolean;
	created_at: string;
	updated_at: string;
}

interface SelfService {
	show_in_self_service: boolean;
	self_service_category_id?: string;
	self_service_recommended?: boolean;
}

export interface CustomApp extends Dated, SelfService {
	file_key: string;
	install_type: string;
	install_enforcement: string;
	audit_script: string;
	unzip_location: string;
	restart: boolean;
	preinstall_script: string;
	postinstall_script: string;
	file_url: string;
	sha256: string;
	file_size: number;
	file_updated: string;
}

export interface CustomProfile extends Dated {
	profile: string;
	mdm_identifier: string;
	runs_on_mac: boolean;
	runs_on_iphone: boolean;
	runs_on_ipad: boolean;
	runs_on_tv: boolean;
	runs_on_vision: boolean;
}

export interface CustomScript extends Dated, SelfService {
	execution_frequency: string;
	restart: boolean;
	script: string;
	remediation_script: string;
}

export interface InHouseApp extends Dated {
	file_key: string;
	icon: string;
	ipad_icon: string;
	identifier: string;
	app_identifier: string;
	app_name: string;
	app_version: string;
	supported_device_families: string[];
	minimum_os_version: string;
	file_url: string;
	sha256: string;
	file_size: number;
	file_updated: string;
	runs_on_iphone: boolean;
	runs_on_ipad: boolean;
	runs_on_tv: boolean;
	runs_on_mac: boolean;
	runs_on_ipod: boolean;
	runs_on_watch: boolean;
}

/** The library: items with their own API, and those that only appear in blueprints. */
export interface Library {
	customApps: Map<string, CustomApp>;
	customProfiles: Map<string, CustomProfile>;
	customScripts: Map<string, CustomScript>;
	inHouseApps: Map<string, InHouseApp>;
	otherItems: Map<string, LibraryItem>;
	categories: Array<{ id: string; name: string }>;
}

const OTHERS = [
	['GitHub Desktop', 'automatic-app'],
	['Google Chrome', 'automatic-app'],
	['Slack', 'automatic-app'],
	['accuhive_wifi', 'wifi'],
	['FileVault', 'filevault'],
	['macOS 15 Sequoia', 'macos-release'],
	['Avert', 'threat-security-policy'],
	['Liftoff', 'liftoff'],
] as const;

/** Where the tenant keeps its files in storage. */
export const STORAGE_FOLDER = 'companies/companies/28344fcc-579a-4d42-bcf7-cdbf97585066/library';

const many = <T extends { id: string }>(count: number, make: (index: number) => T) =>
	new Map(Array.from({ length: count }, (_, index) => make(index)).map((item) => [item.id, item]));

function dated(random: Random, now: number, name: string): Dated {
	const created = now - random.int(30 * DAY, 900 * DAY);
	const updated = created + random.int(0, 20 * DAY);
	return {
		id: random.uuid(),
		name,
		active: random.chance(85),
		created_at: zulu(created),
		updated_at: zulu(updated),
	};
}

const createProfiles = (random: Random, count: number, now: number) =>
	many(count, (index): CustomProfile => {
		const base = dated(random, now, `Profile ${index + 1}`);
		return {
			...base,
			profile: `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict/></plist>`,
			mdm_identifier: `com.kandji.profile.custom.${base.id}`,
			runs_on_mac: true,
			runs_on_iphone: random.chance(40),
			runs_on_ipad: random.chance(40),
			runs_on_tv: false,
			runs_on_vision: false,
		};
	});

/**
 * Makes a library of the given sizes, dated before `now`, and names the items that blueprints get at the
 * start: all of the small kinds, a few of the large.
 */
export function createLibrary(
	source: (key: string) => Random,
	sizes: Sizes,
	now: number,
): { library: Library; startingItems: string[] } {
	const random = source('library');
	const profiles = (count: number) => createProfiles(source('custom profiles'), count, now);
	const file = () => ({
		sha256: random.hex(64),
		file_size: random.int(100_000, 90_000_000),
		file_updated: zuluSeconds(now - random.int(DAY, 400 * DAY)),
	});
	const small = {
		customApps: many(sizes.customApps, (index): CustomApp => ({
			...dated(random, now, `Custom App ${index + 1}`),
			file_key: `${STORAGE_FOLDER}/custom_apps/app_${random.hex(8)}.pkg`,
			install_type: 'package',
			install_enforcement: 'install_once',
			audit_script: '',
			unzip_location: '',
			restart: false,
			preinstall_script: '',
			postinstall_script: '',
			file_url: 'shortlived S3 URL',
			...file(),
			show_in_self_service: false,
		})),
		customScripts: many(sizes.customScripts, (index): CustomScript => ({
			...dated(random, now, `Script ${index + 1}`),
			execution_frequency: random.pick(['once', 'every_15_min', 'every_day']),
			restart: false,
			script: `#!/bin/zsh\necho "script ${index + 1}"`,
			remediation_script: '',
			show_in_self_service: false,
		})),
		inHouseApps: many(sizes.inHouseApps, (index): InHouseApp => {
			const key = `${STORAGE_FOLDER}/ipa_apps/App_${random.hex(8)}`;
			return {
				...dated(random, now, `In-House App ${index + 1}`),
				...inHouseFile(key),
				...file(),
			};
		}),
		otherItems: many(OTHERS.length, (index) => ({
			id: random.uuid(),
			name: OTHERS[index]![0],
			type: OTHERS[index]![1],
		})),
		categories: ['Apps', 'Productivity', 'Utilities', 'Security'].map((name) => ({
			id: random.uuid(),
			name,
		})),
	};
	const startingItems = [
		small.otherItems,
		small.customApps,
		profiles(Math.min(8, sizes.customProfiles)),
		small.customScripts,
		small.inHouseApps,
	].flatMap((items) => [...items.keys()].slice(0, 8));
	const library = assignLazily(
		small,
		lazy({ customProfiles: () => profiles(sizes.customProfiles) }),
	);
	return { library, startingItems };
}

/** What the API reads out of an uploaded app; `key` is its file key without the ending. */
export function inHouseFile(key: string) {
	return {
		file_key: `${key}.ipa`,
		icon: `${key}-Icon.png`,
		ipad_icon: `${key}-IpadIcon.png`,
		identifier: 'io.acme.app',
		app_identifier: 'io.acme.app',
		app_name: 'Acme',
		app_version: '1.0.1',
		supported_device_families: ['iPhone', 'iPad'],
		minimum_os_version: '17.5',
		file_url: `https://acme.api.kandji.io/${key}.ipa?auth=example`,
		runs_on_iphone: true,
		runs_on_ipad: true,
		runs_on_tv: false,
		runs_on_mac: false,
		runs_on_ipod: false,
		runs_on_watch: false,
	};
}

/** Any library item by id, with its type. */
export function findItem(library: Library, id: string): LibraryItem | undefined {
	const typed: Array<readonly [Map<string, { id: string; name: string }>, string]> = [
		[library.customApps, 'custom-app'],
		[library.customProfiles, 'profile'],
		[library.customScripts, 'custom-script'],
		[library.inHouseApps, 'ipa-app'],
	];
	for (const [items, type] of typed) {
		const item = items.get(id);
		if (item) return { id, name: item.name, type };
	}
	return library.otherItems.get(id);
}
