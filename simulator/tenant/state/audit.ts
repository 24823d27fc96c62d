import { DAY, zulu } from './dates';
import type { TenantState } from './index';
import type { Random } from './random';

/** An entry of `GET /audit/events`. */
export interface AuditEvent {
	/** ULID: sorts by time. */
	id: string;
	action: string;
	occurred_at: string;
	actor_id: string;
	actor_type: string;
	target_id: string;
	target_type: string;
	target_component: string;
	new_state: Record<string, unknown>;
	metadata: Record<string, unknown>;
}

/** The given part of an event; the rest is filled in. */
export type AuditInput = Partial<AuditEvent> & Pick<AuditEvent, 'action' | 'target_type'>;

const { floor } = Math;

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const KINDS = [
	['update', 'blueprint', 'library_items'],
	['create', 'blueprint', ''],
	['update', 'library_item', 'settings'],
	['create', 'library_item', ''],
	['enroll', 'device', ''],
	['delete', 'device', ''],
	['view', 'device', 'filevault_key'],
	['delete', 'user', ''],
	['update', 'admin', 'role'],
	['create', 'api_token', ''],
	['detect', 'threat', ''],
	['remediate', 'vulnerability', ''],
] as const;

/** A ULID for `time` (milliseconds). */
export function ulid(random: Random, time: number): string {
	let head = '';
	for (let rest = time, index = 0; index < 10; index++, rest = floor(rest / 32)) {
		head = CROCKFORD.charAt(rest % 32) + head;
	}
	return head + random.text(16, CROCKFORD);
}

/** Makes `count` events over the last year, oldest first; some share their time to the microsecond. */
export function createAuditEvents(random: Random, count: number, now: number): AuditEvent[] {
	const actors = Array.from({ length: 4 }, () => random.uuid());
	const times = Array.from({ length: count }, () => now - random.int(60_000, 360 * DAY)).sort(
		(a, b) => a - b,
	);
	for (let index = 1; index < count; index += 17) times[index] = times[index - 1]!;
	return times
		.map((time): AuditEvent => {
			const [action, target, component] = random.pick(KINDS);
			return {
				id: ulid(random, time),
				action,
				occurred_at: zulu(time),
				actor_id: random.pick(actors),
				actor_type: random.chance(70) ? 'user' : random.chance(50) ? 'api_token' : 'system',
				target_id: random.uuid(),
				target_type: target,
				target_component: component,
				new_state: {},
				metadata: {},
			};
		})
		.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Adds an event that happens now. */
export function recordAudit(state: TenantState, input: AuditInput): AuditEvent {
	const now = state.clock.now();
	const event: AuditEvent = {
		id: ulid(state.random, now),
		occurred_at: zulu(now),
		actor_id: state.apiTokenId,
		actor_type: 'api_token',
		target_id: '',
		target_component: '',
		new_state: {},
		metadata: {},
		...input,
	};
	state.auditEvents.push(event);
	return event;
}
