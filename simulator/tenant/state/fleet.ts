import { DAY, HOUR, spaced, zulu } from './dates';
import { MODELS, RELEASES, type Model, type Platform } from './models';
import { deviceUser } from './people';
import type { Random } from './random';
import type { Blueprint, Device, DeviceUser, Tag, User } from './types';

const SERIAL = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
const MINUTE = 60_000;

const PLATFORM_SHARE: ReadonlyArray<readonly [number, Platform]> = [
	[62, 'Mac'],
	[14, 'iPhone'],
	[10, 'iPad'],
	[8, 'Windows'],
	[3, 'AppleTV'],
	[3, 'Android'],
];

// Most machines were seen within the hour, a few not for a year.
const SILENCE: ReadonlyArray<readonly [number, readonly [number, number]]> = [
	[55, [1, 55 * MINUTE]],
	[25, [HOUR, DAY]],
	[10, [DAY, 7 * DAY]],
	[6, [7 * DAY, 30 * DAY]],
	[4, [30 * DAY, 400 * DAY]],
];

/** Everything a new device is drawn from. */
export interface FleetSource {
	users: readonly User[];
	blueprints: readonly Blueprint[];
	tags: readonly Tag[];
	now: number;
}

/** Makes `count` devices from {@link FleetSource}, oldest first; the same random source gives the same fleet. */
export function createFleet(random: Random, count: number, source: FleetSource): Device[] {
	const people = source.users.filter((user) => !user.archived || random.chance(20)).map(deviceUser);
	return Array.from({ length: count }, () => createDevice(random, people, source));
}

function createDevice(
	random: Random,
	people: readonly DeviceUser[],
	{ blueprints, tags, now }: FleetSource,
): Device {
	const platform = random.weighted(PLATFORM_SHARE);
	const model = random.pick(MODELS[platform]);
	const release = random.weighted(RELEASES[platform]);
	const shared = platform === 'AppleTV' || random.chance(20);
	const user = shared || people.length === 0 ? '' : random.pick(people);
	const blueprint = blueprintFor(random, platform, blueprints);
	const [from, to] = random.weighted(SILENCE);
	const silence = random.int(from, to);
	const lastEnrolled = now - silence - random.int(DAY, 700 * DAY);
	const firstEnrolled = random.chance(80)
		? lastEnrolled
		: lastEnrolled - random.int(DAY, 400 * DAY);
	const agent = platform === 'Mac' || platform === 'Windows';
	return {
		device_id: random.uuid(),
		device_name: deviceName(random, user, model),
		model: model.name,
		serial_number: random.text(platform === 'Android' ? 14 : 12, SERIAL),
		platform,
		os_version: release.version,
		supplemental_build_version: agent && platform === 'Windows' ? '' : release.build,
		supplemental_os_version_extra: release.extra,
		api_level: platform === 'Android' ? '35' : '',
		security_patch_level: platform === 'Android' ? '2024-12-05' : '',
		last_check_in: random.chance(2) ? '' : zulu(now - silence),
		user: user === '' && random.chance(10) ? null : user,
		asset_tag: random.chance(30) ? `ACME-${random.int(1000, 99_999)}` : '',
		blueprint_id: blueprint.id,
		mdm_enabled: random.chance(98),
		agent_installed: agent || random.chance(1),
		is_missing: silence > 30 * DAY,
		is_removed: random.chance(1),
		agent_version: platform === 'Mac' ? '4.5.9 (5160)' : agent ? '1.0.00002.0002' : '',
		first_enrollment: spaced(firstEnrolled),
		last_enrollment: spaced(lastEnrolled),
		blueprint_name: blueprint.name,
		lost_mode_status: '',
		full_software_version: platform === 'Windows' ? release.build : '',
		tags: random.chance(35) ? [random.pick(tags).name] : [],
	};
}

function deviceName(random: Random, user: DeviceUser | '', model: Model): string {
	if (user === '') return random.chance(50) ? model.short : `${model.short} ${random.int(1, 99)}`;
	const apostrophe = random.chance(30) ? '’' : "'";
	return `${user.name.split(' ')[0]}${apostrophe}s ${model.short}`;
}

function blueprintFor(
	random: Random,
	platform: Platform,
	blueprints: readonly Blueprint[],
): Blueprint {
	const [staff, engineering, sales, executives, mobile, rooms, others, testing] = blueprints as [
		...Blueprint[],
	];
	const choice =
		platform === 'AppleTV'
			? rooms
			: platform === 'iPhone' || platform === 'iPad'
				? mobile
				: platform === 'Mac'
					? random.weighted([
							[60, staff],
							[22, engineering],
							[12, sales],
							[3, executives],
							[3, testing],
						])
					: others;
	return choice ?? blueprints[0]!;
}
