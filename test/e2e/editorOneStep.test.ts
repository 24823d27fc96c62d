import type { INodeParameters } from 'n8n-workflow';

import type { Device } from '../../simulator/tenant';
import { newWorkflow, openNode, startEditor, type Editor } from './browser/editor';
import { executeStep, picked, showOutputAs } from './browser/panel';
import { picture } from './browser/picture';
import { startKandji, type Kandji } from './support/kandji';

/** A one-step operation, what its output panel must say in the end, and the name of its picture. */
interface Step {
	name: string;
	parameters: INodeParameters;
	expected: string | RegExp;
	show?: 'table' | 'json';
	image: string;
}

describe('one-step operations in the editor', () => {
	let kandji: Kandji;
	let editor: Editor;

	beforeAll(async () => {
		kandji = await startKandji({ devices: 60 }, undefined, 'Kandji account');
		editor = await startEditor();
	});
	beforeEach(() => kandji.tenant.reset());
	afterAll(async () => {
		await editor?.close();
		await kandji?.tenant.close();
	});

	const devices = () => [...kandji.tenant.state.devices.values()];
	const aMac = () => devices().find(({ platform }) => platform === 'Mac')!;
	const inList = ({ device_id, device_name, serial_number }: Device) =>
		picked(device_id, `${device_name} (${serial_number})`);
	const executed = (operation: string) =>
		kandji.tenant.counters.operations[operation]?.executed ?? 0;

	const run = async ({ name, parameters, expected, show, image }: Step) => {
		const { page } = editor;
		const workflow = await newWorkflow(editor, kandji, kandji.node(name, parameters));
		const panel = await openNode(page, workflow, name);
		await executeStep(panel, expected);
		if (show) await showOutputAs(panel, show);
		await picture(page, image);
		expect(editor.problems()).toEqual([]);
	};

	it('waits until a command is completed', async () => {
		const deviceId = inList(aMac());
		await run({
			name: 'Restart',
			parameters: {
				resource: 'deviceAction',
				operation: 'restart',
				deviceId,
				waitForCompletion: true,
			},
			expected: 'completed',
			show: 'json',
			image: 'wait-for-completion',
		});
		expect(executed('POST /api/v1/devices/{device_id}/action/restart')).toBe(1);
	});

	it('exports a Prism category to a file', async () => {
		await run({
			name: 'Export',
			parameters: { resource: 'prism', operation: 'export', category: 'device_information' },
			expected: /\.csv/,
			image: 'prism-export',
		});
		expect(executed('POST /api/v1/prism/export')).toBe(1);
	});

	it('adds tags to those that a device has', async () => {
		const device = aMac();
		const [known] = [...kandji.tenant.state.tags.values()];
		kandji.tenant.mutate({
			op: 'updateDevice',
			device_id: device.device_id,
			fields: { tags: [known!.name] },
		});
		await run({
			name: 'Add Tags',
			parameters: {
				resource: 'device',
				operation: 'addTags',
				deviceId: inList(device),
				tags: 'return-by-june',
				createMissingTags: true,
			},
			expected: device.serial_number,
			show: 'json',
			image: 'add-tags',
		});
		const { tags } = kandji.tenant.state.devices.get(device.device_id)!;
		expect(tags).toEqual([known!.name, 'return-by-june']);
	});

	it('finds the devices of a person', async () => {
		const owner = devices().flatMap(({ user }) => (user ? [user] : []))[0]!;
		await run({
			name: 'Find',
			parameters: {
				resource: 'device',
				operation: 'find',
				findBy: 'userEmail',
				value: owner.email,
			},
			expected: owner.email,
			show: 'json',
			image: 'find-device',
		});
	});

	it('assigns a user by email', async () => {
		const { device_id } = aMac();
		const user = [...kandji.tenant.state.users.values()].find(({ archived }) => !archived)!;
		await run({
			name: 'Assign User',
			parameters: {
				resource: 'device',
				operation: 'assignUser',
				deviceId: inList(aMac()),
				userId: { __rl: true, mode: 'email', value: user.email },
			},
			expected: user.email,
			show: 'json',
			image: 'assign-user',
		});
		expect(kandji.tenant.state.devices.get(device_id)?.user).toMatchObject({ id: user.id });
	});

	it('moves a device to a blueprint by name', async () => {
		const { device_id, blueprint_id } = aMac();
		const { id, name } = [...kandji.tenant.state.blueprints.values()].find(
			(blueprint) => blueprint.id !== blueprint_id,
		)!;
		await run({
			name: 'Move to Blueprint',
			parameters: {
				resource: 'device',
				operation: 'moveToBlueprint',
				deviceId: inList(aMac()),
				blueprintId: { __rl: true, mode: 'name', value: name },
			},
			expected: name,
			show: 'json',
			image: 'move-to-blueprint',
		});
		expect(kandji.tenant.state.devices.get(device_id)?.blueprint_id).toBe(id);
	});

	it('plans an offboarding in a dry run', async () => {
		const owners = devices().flatMap(({ user }) => (user ? [user] : []));
		const user = owners.find(({ id }, index) => owners.findIndex((o) => o.id === id) < index)!;
		await run({
			name: 'Offboard',
			parameters: {
				resource: 'user',
				operation: 'offboard',
				userId: picked(user.id, user.name),
				deleteUser: true,
				dryRun: true,
			},
			expected: 'planned',
			show: 'json',
			image: 'offboard-dry-run',
		});
		expect(kandji.tenant.counters.destructive).toEqual({});
	});

	it('refuses to erase more devices than Maximum Items', async () => {
		const { page } = editor;
		const list = kandji.node('Lost devices', {
			resource: 'device',
			operation: 'getAll',
			limit: 12,
		});
		const erase = kandji.node('Erase', {
			resource: 'deviceAction',
			operation: 'erase',
			deviceId: { __rl: true, mode: 'id', value: '={{ $json.device_id }}' },
			confirmSerialNumber: '={{ $json.serial_number }}',
		});
		const workflow = await newWorkflow(editor, kandji, list, erase);
		const panel = await openNode(page, workflow, 'Erase');
		await executeStep(panel, 'There are 12 input items, but Maximum Items is 5');
		await picture(page, 'maximum-items');
		expect(kandji.tenant.counters.destructive).toEqual({});
		expect(editor.problems()).toEqual([]);
	});

	it('returns the request that it would send in a dry run', async () => {
		const device = aMac();
		await run({
			name: 'Lock',
			parameters: {
				resource: 'deviceAction',
				operation: 'lock',
				deviceId: inList(device),
				dryRun: true,
			},
			expected: /action\/lock/,
			show: 'json',
			image: 'dry-run',
		});
		expect(executed('POST /api/v1/devices/{device_id}/action/lock')).toBe(0);
	});

	it('reads the full record of a device', async () => {
		await run({
			name: 'Full Record',
			parameters: {
				resource: 'device',
				operation: 'getFullRecord',
				deviceId: inList(aMac()),
			},
			expected: aMac().serial_number,
			show: 'json',
			image: 'full-record',
		});
	});

	it('sends any request, with paging', async () => {
		await run({
			name: 'API Request',
			parameters: {
				resource: 'apiRequest',
				operation: 'send',
				path: '/api/v1/blueprints',
				pagination: 'limitAndOffset',
				returnAll: true,
			},
			expected: /\d+ items/,
			show: 'table',
			image: 'api-request',
		});
		expect(executed('GET /api/v1/blueprints')).toBeGreaterThan(0);
	});
});
