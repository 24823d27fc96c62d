import type { Platform } from './models';

/** The person inside a device record. */
export interface DeviceUser {
	email: string;
	name: string;
	id: string;
	is_archived: boolean;
}

/** A device as `GET /devices` shows it. Nobody assigned is `""` or null. */
export interface Device {
	device_id: string;
	device_name: string;
	model: string;
	serial_number: string;
	platform: Platform;
	os_version: string;
	supplemental_build_version: string;
	supplemental_os_version_extra: string;
	api_level: string;
	security_patch_level: string;
	last_check_in: string;
	user: DeviceUser | '' | null;
	asset_tag: string;
	blueprint_id: string;
	mdm_enabled: boolean;
	agent_installed: boolean;
	is_missing: boolean;
	is_removed: boolean;
	agent_version: string;
	first_enrollment: string;
	last_enrollment: string;
	blueprint_name: string;
	lost_mode_status: string;
	full_software_version: string;
	tags: string[];
}

/** A directory user as stored; `device_count` is added when it is read. */
export interface User {
	active: boolean;
	archived: boolean;
	created_at: string;
	department: string | null;
	deprecated_user_id: string;
	email: string;
	id: string;
	integration: { id: number; name: string; uuid: string; type: string };
	job_title: string | null;
	name: string;
	updated_at: string;
}

/** A blueprint as stored; `computers_count` is added when it is read. */
export interface Blueprint {
	id: string;
	name: string;
	icon: string;
	color: string;
	description: string;
	params: Record<string, unknown>;
	enrollment_code: { code: string; is_active: boolean };
	type: 'classic' | 'map';
	/** Library items by assignment node; classic blueprints and maps without conditions have the node "". */
	nodes: Map<string, string[]>;
}

export interface Tag {
	id: string;
	name: string;
}

/** Command states: 1 pending, 2 running, 3 completed, 4 failed, 5 not now. */
export type CommandStatus = 1 | 2 | 3 | 4 | 5;

/** An MDM command as `GET /devices/{id}/commands` shows it. */
export interface Command {
	uuid: string;
	error_chain: Array<Record<string, string | number>>;
	command_type: string;
	request_type: string;
	metadata: Record<string, unknown>;
	request_requires_network_tether: boolean;
	status: CommandStatus;
	attempts: number;
	date_requested: string;
	date_completed: string | null;
	last_pushed: string | null;
	user: string | null;
	priority: number;
}

/** An entry of `GET /devices/{id}/activity`. */
export interface DeviceActivity {
	id: number;
	created_at: string;
	action_type: string;
	details: Record<string, unknown>;
	computer: { id: string; name: string; is_removed: boolean };
	blueprint: { id: string; name: string; is_removed: boolean } | null;
	user: { id: string; name: string; email: string } | null;
	external_token: null;
	blueprint_routing: boolean;
}

/** A note on a device. */
export interface Note {
	note_id: string;
	created_at: string;
	updated_at: string;
	author: string;
	content: string;
}
