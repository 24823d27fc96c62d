import type { Sizes } from '../options';
import { createAdeDevices, createAdeTokens, type AdeDevice, type AdeToken } from './ade';
import { createAuditEvents, type AuditEvent } from './audit';
import { createBlueprints } from './blueprints';
import { TAGS } from './catalog';
import type { CommandRule, PendingCommand } from './commands';
import { createClock, type Clock } from './dates';
import { DeviceTable } from './deviceTable';
import type { ExportJob, ExportRules } from './exports';
import { createFleet } from './fleet';
import { assignLazily, lazy } from './lazy';
import { createLibrary, type Library } from './library';
import type { LibraryActivity } from './libraryActivity';
import type { LostMode } from './lostMode';
import { createUsers } from './people';
import { createRandom, randomFor, type Random } from './random';
import { createRoutingActivity, type RoutingActivity } from './routing';
import {
	createDetection,
	createFeed,
	createThreat,
	type BehavioralDetection,
	type Threat,
} from './threats';
import { traitsOf, type TraitOverrides, type Traits } from './traits';
import type { Blueprint, Command, Device, DeviceActivity, Note, Tag, User } from './types';
import type { Upload, UploadRules } from './uploads';
import {
	createVulnerabilities,
	createVulnerabilityDetections,
	type Vulnerability,
	type VulnerabilityDetection,
} from './vulnerabilities';

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
	/** IDs of devices whose inventory was never collected: Prism has no rows of them. */
	uncollected: Set<string>;
	/** Notes by device id, oldest first. */
	notes: Map<string, Note[]>;
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
	library: Library;
	/** By item id; read it with `libraryActivityOf`. */
	libraryActivity: Map<string, LibraryActivity[]>;
	/** Overrides of library item statuses, by "deviceId itemId". */
	itemStatus: Map<string, string>;
	/** Reserved uploads by file key. */
	uploads: Map<string, Upload>;
	uploadRules: UploadRules;
	/** Prism exports by id. */
	exports: Map<string, ExportJob>;
	exportRules: ExportRules;
	adeTokens: Map<string, AdeToken>;
	adeDevices: Map<string, AdeDevice>;
	blueprintRouting: { enrollment_code: { is_active: boolean; code: string } };
	/** The feeds, oldest first. */
	routingActivity: RoutingActivity[];
	auditEvents: AuditEvent[];
	threats: Threat[];
	behavioralDetections: BehavioralDetection[];
	vulnerabilityDetections: VulnerabilityDetection[];
	/** By CVE id. */
	vulnerabilities: Map<string, Vulnerability>;
	/** Blueprints whose manual enrolment requires authentication. */
	ssoBlueprints: Set<string>;
	/** The maximum number of devices of the licence. */
	maxDevices: number;
	/** The actor of API requests in the audit log. */
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

/**
 * Generates a tenant: the same options and `now` give the same tenant. Lists that few callers read are
 * generated on first use, from the fleet as it was at the start.
 */
export function createState({ seed, devices, users, sizes, now }: StateOptions): TenantState {
	const clock = createClock(now);
	const source = (key: string) => randomFor(seed, key);
	const { library, startingItems } = createLibrary(source, sizes, clock.start);
	const blueprints = createBlueprints(source('blueprints'), startingItems);
	const tagRandom = source('tags');
	const tags = TAGS.map((name): Tag => ({ id: tagRandom.uuid(), name }));
	const people = createUsers(source('users'), users, clock.start);
	const fleet = createFleet(source('devices'), devices, {
		users: [...people.values()],
		blueprints: [...blueprints.values()],
		tags,
		now: clock.start,
	});
	const table = new DeviceTable();
	for (const device of fleet) table.set(device.device_id, device);
	const enrolled = fleet.map((device) => ({ ...device }));
	const tokens = createAdeTokens(source('ade'), [...blueprints.values()], clock.start);
	const integrations = tokens.map((token) => ({ ...token }));
	const cves = () => createVulnerabilities(source('cves'), sizes.vulnerabilities, clock.start);
	const feeds = lazy({
		adeDevices: () =>
			byId(
				createAdeDevices(
					source('ade devices'),
					sizes.adeDevices,
					integrations,
					enrolled,
					clock.start,
				),
			),
		routingActivity: () =>
			createRoutingActivity(source('routing'), sizes.routingActivity, enrolled, clock.start),
		auditEvents: () => createAuditEvents(source('audit'), sizes.auditEvents, clock.start),
		threats: () =>
			createFeed(source('threats'), sizes.threats, enrolled, clock.start, createThreat),
		behavioralDetections: () =>
			createFeed(
				source('detections'),
				sizes.behavioralDetections,
				enrolled,
				clock.start,
				createDetection,
			),
		vulnerabilityDetections: () =>
			createVulnerabilityDetections(source('vulnerable'), cves(), enrolled, clock.start),
		vulnerabilities: () => new Map(cves().map((cve) => [cve.cve_id, cve])),
	});
	const state = {
		seed,
		clock,
		random: createRandom(seed + 1),
		devices: table,
		users: people,
		blueprints,
		tags: byId(tags),
		traits: new Map(),
		uncollected: new Set(),
		notes: new Map(),
		commands: new Map(),
		pending: [],
		commandRules: [],
		defaultCommandRule: { afterMs: 0, outcomes: ['complete'] },
		activity: new Map(),
		locks: new Map(),
		lostMode: new Map(),
		remoteDesktop: new Map(),
		library,
		libraryActivity: new Map(),
		itemStatus: new Map(),
		uploads: new Map(),
		uploadRules: { processingAnswers: 0, pollsPerStep: 1 },
		exports: new Map(),
		exportRules: { afterMs: 0, afterPolls: 1 },
		adeTokens: byId(tokens),
		blueprintRouting: { enrollment_code: { is_active: true, code: '123456' } },
		ssoBlueprints: new Set(
			[...blueprints.values()].filter(({ name }) => name === 'Executives').map(({ id }) => id),
		),
		maxDevices: devices + 100,
		apiTokenId: source('api token').uuid(),
	} satisfies Partial<TenantState>;
	return assignLazily(state, feeds);
}

function byId<T extends { id: string }>(items: readonly T[]): Map<string, T> {
	return new Map(items.map((item) => [item.id, item]));
}

/** {@link traitsOf} with the state's own seed and overrides. */
export function traits(state: TenantState, device: Device): Traits {
	return traitsOf(state.seed, device, state.traits);
}

/** How many devices each id has, `owner` naming the id of a device's owner. */
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
