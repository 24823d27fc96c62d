import { DAY, offset, zoneless } from './dates';
import type { TenantState } from './index';
import type { Random } from './random';
import type { Device } from './types';

/** What v2 knows beyond v1. */
export interface Triage {
	id: string;
	severity: 'informational' | 'low' | 'medium' | 'high' | 'critical';
	tags: string[];
	management_state: 'open' | 'closed';
}

/** An entry of `GET /threat-details`, with v2's {@link Triage}. */
export interface Threat extends Triage {
	threat_name: string;
	classification: 'MALWARE' | 'PUP';
	status: 'QUARANTINED' | 'NOT_QUARANTINED' | 'RELEASED' | 'RESOLVED';
	process_name: string;
	process_owner: string;
	device_name: string;
	device_id: string;
	detection_date: string;
	date_of_quarantine: string;
	date_of_release: string;
	released_by: string;
	release_note: string;
	file_path: string;
	file_hash: string;
	bundle_path: string;
	device_serial_number: string;
	blueprint_id: string;
	blueprint_name: string;
	library_item_name: string;
	library_item_id: string;
	pup_posture: string;
	malware_posture: string;
}

interface Process {
	name: string;
	command_line: string;
	image_path: string;
	pid: number;
	owner: string;
	sha256: string;
}

/** An entry of `GET /behavioral-detections`, with v2's {@link Triage}. */
export interface BehavioralDetection extends Triage {
	threat_id: string;
	rule_version: number;
	description: string;
	classification: 'malicious' | 'suspicious';
	informational_tags: string[];
	malware_family: string[];
	detection_date: string;
	threat_status: 'detected' | 'blocked' | 'blocked_parent' | 'informational';
	device_info: { id: string; name: string; serial_number: string };
	parent_process: Process;
	target_process: Process;
	library_item: { id: string; name: string; mal_posture_mode: string };
	blueprint: { id: string; name: string };
}

function triage(random: Random): Triage {
	return {
		id: random.uuid().toUpperCase(),
		severity: random.pick(['informational', 'low', 'medium', 'high', 'critical']),
		tags: random.chance(20) ? ['confirmed'] : [],
		management_state: random.chance(60) ? 'open' : 'closed',
	};
}

/** A threat on `device` at `time`. */
export function createThreat(random: Random, device: Device, time: number): Threat {
	const name = `malware_${random.int(1, 99)}`;
	const quarantined = random.chance(70);
	return {
		...triage(random),
		threat_name: name,
		classification: random.chance(80) ? 'MALWARE' : 'PUP',
		status: quarantined ? 'QUARANTINED' : random.pick(['NOT_QUARANTINED', 'RELEASED', 'RESOLVED']),
		process_name: random.pick(['chmod', 'zsh', 'Installer']),
		process_owner: random.pick(['root', '_spotlight', 'user']),
		device_name: device.device_name,
		device_id: device.device_id,
		detection_date: zoneless(time),
		date_of_quarantine: quarantined ? zoneless(time + 1188) : '',
		date_of_release: '',
		released_by: '',
		release_note: '',
		file_path: `/Users/Shared/malware/${name}`,
		file_hash: random.hex(64),
		bundle_path: '',
		device_serial_number: device.serial_number,
		blueprint_id: device.blueprint_id,
		blueprint_name: device.blueprint_name,
		library_item_name: 'Avert',
		library_item_id: random.uuid(),
		pup_posture: 'protect',
		malware_posture: 'protect',
	};
}

/** A behavioural detection on `device` at `time`. */
export function createDetection(random: Random, device: Device, time: number): BehavioralDetection {
	const process = (name: string, image_path: string): Process => ({
		name,
		command_line: `${name} -c test`,
		image_path,
		pid: random.int(300, 9999),
		owner: 'root',
		sha256: random.hex(64),
	});
	return {
		...triage(random),
		threat_id: `KTI_BD_${String(random.int(1, 2999)).padStart(4, '0')}`,
		rule_version: random.int(1, 4),
		description: 'A shell started a process that it seldom starts.',
		classification: random.chance(50) ? 'malicious' : 'suspicious',
		informational_tags: random.chance(30) ? ['exploit'] : [],
		malware_family: random.chance(20) ? ['TrickBot'] : [],
		detection_date: offset(time),
		threat_status: random.pick(['detected', 'blocked', 'blocked_parent', 'informational']),
		device_info: {
			id: device.device_id,
			name: device.device_name,
			serial_number: device.serial_number,
		},
		parent_process: process('zsh', '/bin/zsh'),
		target_process: process(random.pick(['vim', 'python3', 'curl']), '/usr/bin/vim'),
		library_item: { id: random.uuid(), name: 'Avert', mal_posture_mode: 'protect' },
		blueprint: { id: device.blueprint_id, name: device.blueprint_name },
	};
}

/** Makes `count` records of the last 90 days on Macs of the fleet, oldest first. */
export function createFeed<T>(
	random: Random,
	count: number,
	fleet: readonly Device[],
	now: number,
	create: (random: Random, device: Device, time: number) => T,
): T[] {
	const macs = fleet.filter(({ platform }) => platform === 'Mac').slice(0, 50);
	if (macs.length === 0) return [];
	const times = Array.from({ length: count }, () => now - random.int(60_000, 90 * DAY));
	times.sort((a, b) => a - b);
	return times.map((time) => create(random, random.pick(macs), time));
}

/** Adds a threat or detection that happens now, on a device or on any Mac. */
export function recordFeed<T>(
	state: TenantState,
	feed: T[],
	create: (random: Random, device: Device, time: number) => T,
	{ device, fields }: { device?: Device; fields?: Partial<T> },
): T {
	const target = device ?? [...state.devices.values()].find(({ platform }) => platform === 'Mac');
	if (!target) throw new Error('There is no Mac to find anything on.');
	const record = { ...create(state.random, target, state.clock.now()), ...fields };
	feed.push(record);
	return record;
}
