import { DAY, zulu } from './dates';
import type { TenantState } from './index';
import type { Random } from './random';
import type { Device } from './types';

/** An entry of `GET /blueprint-routing/activity`. */
export interface RoutingActivity {
	id: number;
	activity_time: string;
	activity_type: string;
	user: { id: string; email: string } | null;
	device_id: string | null;
	details: Record<string, unknown>;
}

/** Makes `count` entries about these devices, oldest first: three for each enrolment. */
export function createRoutingActivity(
	random: Random,
	count: number,
	devices: readonly Device[],
	now: number,
): RoutingActivity[] {
	const activity: RoutingActivity[] = [];
	let time = now - 200 * DAY;
	while (activity.length < count && devices.length > 0) {
		const device = random.pick(devices);
		time = Math.min(now - 1000, time + random.int(60_000, (390 * DAY * 3) / Math.max(count, 3)));
		for (const [type, details] of enrolment(random, device, time)) {
			if (activity.length === count) break;
			activity.push({
				id: 40_000 + activity.length,
				activity_time: zulu(time + activity.length),
				activity_type: type,
				user: null,
				device_id: device.device_id,
				details,
			});
		}
	}
	return activity;
}

function enrolment(
	random: Random,
	device: Device,
	time: number,
): Array<[string, Record<string, unknown>]> {
	return [
		['enrollment', { blueprint_name: 'Blueprint Routing', enrollment_type: 'DEP' }],
		[
			'computer_enrollment',
			{
				computer: {
					id: device.device_id,
					name: device.device_name,
					enrolled_at: zulu(time),
				},
				enrollment_type: 'DEP',
			},
		],
		[
			'routing_departure',
			{
				is_fallback: false,
				matched_route: { id: random.uuid(), label: 'Departments', order: 0 },
				destination_blueprint: { id: device.blueprint_id, name: device.blueprint_name },
			},
		],
	];
}

/** Adds an entry that happens now. */
export function recordRouting(
	state: TenantState,
	input: Partial<RoutingActivity> & Pick<RoutingActivity, 'activity_type'>,
): RoutingActivity {
	const entry: RoutingActivity = {
		id: (state.routingActivity.at(-1)?.id ?? 40_000) + 1,
		activity_time: zulu(state.clock.now()),
		user: null,
		device_id: null,
		details: {},
		...input,
	};
	state.routingActivity.push(entry);
	return entry;
}
