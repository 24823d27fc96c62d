import type { Sizes } from '../options';
import { createAuditEvents, type AuditEvent } from './audit';
import { createBlueprints } from './blueprints';
import { TAGS } from './catalog';
import type { CommandRule, PendingCommand } from './commands';
import { createClock, type Clock } from './dates';
import { DeviceTable } from './deviceTable';
import { createFleet } from './fleet';
import type { LostMode } from './lostMode';
import { createUsers } from './people';
import { createRandom, randomFor, type Random } from './random';
import { traitsOf, type TraitOverrides, type Traits } from './traits';
import type { Blueprint, Command, Device, DeviceActivity, Tag, User } from './types';

/** Everything the tenant holds: plain objects and Maps that tests may read and change at any time. */
export interface TenantState {
	readonly seed: number;
	readonly clock: Clock;
	/** For what comes into being while the tenant runs. */
	readonly random: Random;
	devices: DeviceTable;
	users: Map<string, User>;
	blueprints: Map<string, Blueprint>;
	tags: Map<string, Tag>;
	traits: TraitOverrides;
	/** By device id; read it with `commandsOf`, which fills in the past. */
	commands: Map<string, Command[]>;
	pending: PendingCommand[];
	commandRules: CommandRule[];
	defaultCommandRule: CommandRule;
	/** What happened to a device while the tenant runs, by device id. */
	activity: Map<string, DeviceActivity[]>;
	/** Devices that are locked, with the PIN that unlocks them. */
	locks: Map<string, string>;
	/** By device id: iPhones and iPads in lost mode, or on their way there. */
	lostMode: Map<string, LostMode>;
	/** Macs on which Remote Management was switched, by device id. */
	remoteDesktop: Map<string, boolean>;
	/** Oldest first. */
	auditEvents: AuditEvent[];
	/** Who the audit log names for what the API does. */
	readonly apiTokenId: string;
}

/** What the tenant is generated from. */
export interface StateOptions {
	seed: number;
	devices: number;
	users: number;
	sizes: Sizes;
	now?: number;
}

/** Generates a tenant: the same options and `now` give the same tenant. */
export function createState({ seed, devices, users, sizes, now }: StateOptions): TenantState {
	const clock = createClock(now);
	const blueprints = createBlueprints(randomFor(seed, 'blueprints'), []);
	const tagRandom = randomFor(seed, 'tags');
	const tags = TAGS.map((name): Tag => ({ id: tagRandom.uuid(), name }));
	const people = createUsers(randomFor(seed, 'users'), users, clock.start);
	const table = new DeviceTable();
	const source = {
		users: [...people.values()],
		blueprints: [...blueprints.values()],
		tags,
		now: clock.start,
	};
	for (const device of createFleet(randomFor(seed, 'devices'), devices, source)) {
		table.set(device.device_id, device);
	}
	return {
		seed,
		clock,
		random: createRandom(seed + 1),
		devices: table,
		users: people,
		blueprints,
		tags: new Map(tags.map((tag) => [tag.id, tag])),
		traits: new Map(),
		commands: new Map(),
		pending: [],
		commandRules: [],
		defaultCommandRule: { afterMs: 0, outcomes: ['complete'] },
		activity: new Map(),
		locks: new Map(),
		lostMode: new Map(),
		remoteDesktop: new Map(),
		auditEvents: createAuditEvents(randomFor(seed, 'audit'), sizes.auditEvents, clock.start),
		apiTokenId: randomFor(seed, 'api token').uuid(),
	};
}

/** {@link traitsOf} with the state's own seed and overrides. */
export function traits(state: TenantState, device: Device): Traits {
	return traitsOf(state.seed, device, state.traits);
}

/** How many devices each of these ids has, by the function that names a device's owner. */
export function countDevices(
	state: TenantState,
	owner: (device: Device) => string,
): Map<string, number> {
	const counts = new Map<string, number>();
	for (const device of state.devices.values()) {
		const id = owner(device);
		counts.set(id, (counts.get(id) ?? 0) + 1);
	}
	return counts;
}
