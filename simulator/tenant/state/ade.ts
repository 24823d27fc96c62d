import { DAY, zulu, zuluSeconds } from './dates';
import type { Random } from './random';
import type { Blueprint, Device } from './types';

/** An ADE integration as stored; counts, blueprint record and days left are added when it is read. */
export interface AdeToken {
	id: string;
	blueprint_id: string | null;
	use_blueprint_routing: boolean;
	access_token_expiry: string;
	server_name: string;
	server_uuid: string;
	admin_id: string;
	org_name: string;
	org_email: string;
	org_phone: string;
	org_address: string;
	org_type: string;
	stoken_file_name: string;
	last_device_sync: string | null;
	defaults: { email: string; phone: string };
	status: string;
	status_reason: string | null;
	status_received_at: string | null;
}

/** A device in Apple Business Manager as stored; `mdm_device` is added when it is read. */
export interface AdeDevice {
	id: string;
	token_id: string;
	blueprint_id: string | null;
	user_id: string | null;
	use_blueprint_routing: boolean;
	tags: string[];
	asset_tag: string | null;
	color: string;
	description: string;
	device_assigned_by: string;
	device_assigned_date: string;
	device_family: string;
	model: string;
	os: string;
	profile_assign_time: string;
	profile_push_time: string | null;
	profile_status: string;
	serial_number: string;
	last_assignment_status: string;
	failed_assignment_attempts: number;
	assignment_status_received_at: string;
}

const OS: Record<string, string> = { Mac: 'OSX', iPad: 'iPadOS', iPhone: 'iOS', AppleTV: 'tvOS' };

/** A new integration with its defaults; `name` is the server's in Apple Business Manager. */
export function createAdeToken(
	random: Random,
	now: number,
	given: Pick<AdeToken, 'blueprint_id' | 'use_blueprint_routing' | 'defaults'> & { name: string },
): AdeToken {
	const expiry = now + random.int(100 * DAY, 364 * DAY);
	const { name, ...rest } = given;
	return {
		id: random.uuid(),
		...rest,
		access_token_expiry: zuluSeconds(expiry),
		server_name: name,
		server_uuid: random.uuid(),
		admin_id: given.defaults.email,
		org_name: 'Acme',
		org_email: given.defaults.email,
		org_phone: '+1 (415) 555-0100',
		org_address: '1 Example Street,San Diego CA 92101-6096,USA',
		org_type: 'org',
		stoken_file_name: `${name}_Token_smime.p7m`,
		last_device_sync: null,
		status: 'SUCCESS',
		status_reason: null,
		status_received_at: null,
	};
}

/** The two integrations of the tenant; the second is broken. */
export function createAdeTokens(
	random: Random,
	blueprints: readonly Blueprint[],
	now: number,
): AdeToken[] {
	const defaults = { email: 'admin@acme.example', phone: '1234567890' };
	return [
		{
			...createAdeToken(random, now, {
				blueprint_id: blueprints[0]?.id ?? null,
				use_blueprint_routing: false,
				defaults,
				name: 'acme.kandji.io',
			}),
			last_device_sync: zulu(now - 600_000),
		},
		{
			...createAdeToken(random, now, {
				blueprint_id: null,
				use_blueprint_routing: true,
				defaults,
				name: 'acme.kandji.io-2',
			}),
			status: 'BROKEN',
			status_reason: 'FORBIDDEN',
		},
	];
}

/** Makes `count` ADE devices: most are enrolled devices of the fleet, some wait for their first start. */
export function createAdeDevices(
	random: Random,
	count: number,
	tokens: readonly AdeToken[],
	fleet: readonly Device[],
	now: number,
): AdeDevice[] {
	const apple = fleet.filter(({ platform }) => platform in OS);
	return Array.from({ length: count }, (_, index) => {
		const device = index % 6 === 5 ? undefined : apple[index];
		const family = device?.platform ?? random.pick(['Mac', 'iPhone', 'iPad']);
		const token = random.chance(80) ? tokens[0]! : tokens[1]!;
		const assigned = now - random.int(10 * DAY, 900 * DAY);
		return {
			id: random.uuid(),
			token_id: token.id,
			blueprint_id: token.use_blueprint_routing
				? null
				: (device?.blueprint_id ?? token.blueprint_id),
			user_id: device?.user ? device.user.id : null,
			use_blueprint_routing: token.use_blueprint_routing,
			tags: device ? [...device.tags] : [],
			asset_tag: device?.asset_tag || null,
			color: random.pick(['SPACE GRAY', 'SILVER', 'GOLD']),
			description: `${family.toUpperCase()} ${random.pick(['128GB', '256GB', '512GB'])}-USA`,
			device_assigned_by: 'admin@acme.example',
			device_assigned_date: zuluSeconds(assigned),
			device_family: family,
			model: device?.model.split(' (')[0] ?? 'MacBook Air',
			os: OS[family] ?? 'OSX',
			profile_assign_time: zuluSeconds(assigned + DAY),
			profile_push_time: device ? zuluSeconds(assigned + 2 * DAY) : null,
			profile_status: device ? 'pushed' : 'assigned',
			serial_number: device?.serial_number ?? random.text(12, 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'),
			last_assignment_status: 'SUCCESS',
			failed_assignment_attempts: 0,
			assignment_status_received_at: zulu(assigned + DAY),
		};
	});
}
