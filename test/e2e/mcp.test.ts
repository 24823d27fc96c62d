import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { IDataObject } from 'n8n-workflow';
import pWaitFor from 'p-wait-for';

import type { StoredWorkflow } from '../../scripts/n8n/types';
import type { Device } from '../../simulator/tenant/state/types';
import { expectExactNote, readExample, storeExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

const EXAMPLE = 'kandji-mcp-server';
const TOKEN = 'token-of-the-mcp-clients';

const lockOf = ({ device_id }: Device) => `POST /api/v1/devices/${device_id}/action/lock`;

/** What a client gets from a tool. */
interface Answer {
	text: string;
	isError: boolean;
}

describe('Kandji MCP server', () => {
	let kandji: Kandji;
	let workflow: StoredWorkflow;
	let address: URL;
	let mcp: Client;
	let mac: Device;
	let other: Device;
	/** The FileVault key of the Mac. */
	let key: string;
	/** All that the tools have said. */
	const said: string[] = [];

	const connect = async (headers: Record<string, string>): Promise<Client> => {
		const client = new Client({ name: 'client-of-the-test', version: '1.0.0' });
		await client.connect(new StreamableHTTPClientTransport(address, { requestInit: { headers } }));
		return client;
	};

	const call = async (name: string, args: Record<string, unknown> = {}): Promise<Answer> => {
		const result = (await mcp.callTool({ name, arguments: args })) as CallToolResult;
		const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
		said.push(text);
		return { text, isError: result.isError === true };
	};

	/** Expects records, not an error. */
	const records = async (name: string, args?: Record<string, unknown>): Promise<IDataObject[]> => {
		const { text, isError } = await call(name, args);
		expect({ isError, text }).toEqual({ isError: false, text: expect.stringMatching(/^\[/) });
		return JSON.parse(text) as IDataObject[];
	};

	const refusal = async (name: string, args: Record<string, unknown>): Promise<string> => {
		const { text, isError } = await call(name, args);
		expect({ isError, text }).toEqual({ isError: true, text: expect.any(String) });
		return text;
	};

	const written = () =>
		kandji.tenant.counters.log
			.filter(({ method }) => method !== 'GET')
			.map(({ method, url }) => `${method} ${url}`);

	beforeAll(async () => {
		kandji = await startKandji({ devices: 40 });
		const { tenant, client } = kandji;
		const macs = [...tenant.state.devices.values()].filter(({ platform }) => platform === 'Mac');
		[mac, other] = macs as [Device, Device];
		const { device_id } = mac;
		tenant.mutate({
			op: 'setTraits',
			device_id,
			traits: { filevault_enabled: true, filevault_escrowed: true },
		});
		const secret = await fetch(`${tenant.url}/api/v1/devices/${device_id}/secrets/filevaultkey`, {
			headers: { authorization: `Bearer ${tenant.token}` },
		});
		({ key } = (await secret.json()) as { key: string });

		workflow = await storeExample(kandji, EXAMPLE, { tokens: { 'MCP clients': TOKEN } });
		await client.activate(workflow);
		const { nodes } = await readExample(EXAMPLE);
		const trigger = nodes.find(({ type }) => type.endsWith('.mcpTrigger'));
		address = new URL(`/mcp/${String(trigger?.parameters.path)}`, client.url);
		// n8n registers the path after it has answered.
		await pWaitFor(async () => (await fetch(address, { method: 'POST' })).status !== 404, {
			interval: 100,
			timeout: 30_000,
		});
		mcp = await connect({ authorization: `Bearer ${TOKEN}` });
	});
	afterAll(async () => {
		await mcp?.close();
		if (workflow) await kandji.client.deactivate(workflow);
		await kandji?.tenant.close();
	});

	it.each<[string, () => Record<string, string>]>([
		['no token', () => ({})],
		['a wrong token', () => ({ authorization: 'Bearer wrong' })],
		['the token of Kandji', () => ({ authorization: `Bearer ${kandji.tenant.token}` })],
	])('refuses a client with %s', async (_name, headers) => {
		await expect(connect(headers())).rejects.toMatchObject({
			code: 403,
			message: expect.stringContaining('Authorization data is wrong'),
		});
	});

	it('lists at least 20 tools, each with a description and a schema of at most 2 KB', async () => {
		const { tools } = await mcp.listTools();
		expect(tools.length).toBeGreaterThanOrEqual(20);
		const nodes = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-kandji.kandjiTool');
		expect(tools).toHaveLength(nodes.length);
		expect(new Set(tools.map(({ description }) => description)).size).toBe(tools.length);
		for (const { name, description, inputSchema } of tools) {
			expect(name).toMatch(/^\w{1,64}$/);
			expect(description).toMatch(/^[A-Z].+\.$/);
			expect(Buffer.byteLength(JSON.stringify(inputSchema))).toBeLessThanOrEqual(2 * 1024);
			for (const argument of Object.values(inputSchema.properties ?? {})) {
				expect(argument).toMatchObject({ description: expect.stringMatching(/\w{3}/) });
			}
		}
		expect(tools.map(({ name }) => name).join()).not.toMatch(/erase|delete|offboard/i);
		expect(mcp.getInstructions()).toMatch(/dry runs at first/);
	});

	it('reads the fleet', async () => {
		const { state } = kandji.tenant;
		expect(await records('Count_devices')).toEqual([{ count: state.devices.size }]);
		const iPads = [...state.devices.values()].filter(({ platform }) => platform === 'iPad');
		const listed = await records('List_devices', {
			Platforms: 'iPad',
			Fields_to_Return: 'device_id',
		});
		expect(new Set(listed.map(({ device_id }) => device_id))).toEqual(
			new Set(iPads.map(({ device_id }) => device_id)),
		);
		const found = await records('Find_devices', {
			Find_By: 'serialNumber',
			Value: mac.serial_number,
		});
		expect(found).toEqual([expect.objectContaining({ device_id: mac.device_id })]);
	});

	it('answers from each of its reading tools', async () => {
		const { state } = kandji.tenant;
		const [blueprint] = state.blueprints.values();
		const [user] = state.users.values();
		const encrypted = await records('List_Macs_by_FileVault', { FileVault_Off: false });
		expect(encrypted).toEqual(
			expect.arrayContaining([expect.objectContaining({ device_id: mac.device_id })]),
		);
		await records('List_outdated_devices', { Platform: 'Mac', OS_Older_Than: '15.6' });
		await records('List_stale_devices', { Days: 30 });
		const categories = [
			'apps',
			'certificates',
			'gatekeeper_and_xprotect',
			'installed_profiles',
			'local_users',
		];
		for (const Category of categories) await records('List_inventory', { Category, Limit: 3 });
		const device = { Device: mac.serial_number };
		for (const tool of [
			'Get_device',
			'Get_device_details',
			'List_device_apps',
			'List_device_activity',
			'List_device_library_items',
			'Get_device_status',
		]) {
			expect(await records(tool, device)).not.toEqual([]);
		}
		expect(await records('List_blueprints')).toHaveLength(state.blueprints.size);
		await records('List_blueprint_items', { Blueprint: blueprint!.name });
		await records('List_users', { Limit: 5 });
		expect(await records('Get_user', { User: user!.email })).toEqual([
			expect.objectContaining({ email: user!.email }),
		]);
		await records('List_tags');
		await records('Get_licenses');
	});

	it('refuses a device that several have the name of, and one that does not exist', async () => {
		const { tenant } = kandji;
		for (const { device_id } of [mac, other]) {
			tenant.mutate({ op: 'updateDevice', device_id, fields: { device_name: 'Reception' } });
		}
		const before = written();
		const ambiguous = await refusal('Lock_device', { Device: 'Reception', Dry_Run: false });
		for (const { serial_number } of [mac, other]) expect(ambiguous).toContain(serial_number);
		expect(ambiguous).toContain('Nothing was sent');
		const wrong = await refusal('Lock_device', { Device: 'XXXXXXXXXX', Dry_Run: false });
		expect(wrong).toMatch(/There is no device .+"XXXXXXXXXX"\. Nothing was sent\./);
		expect(written()).toEqual(before);
	});

	it('gives nobody a FileVault key', async () => {
		const [answer] = await records('Get_FileVault_key', { Device: mac.serial_number });
		expect(answer).toMatchObject({ device_id: mac.device_id });
		expect(JSON.stringify(answer)).toMatch(/withheld|hidden/);
		expect(JSON.stringify(answer)).not.toContain(key);
	});

	it('locks a device only after a dry run, and reads the audit event of it', async () => {
		const { tenant } = kandji;
		const locks = async () => {
			const events = await records('List_audit_events', { Days: 1 });
			return events.filter(
				({ action, target_id }) => action === 'lock' && target_id === mac.device_id,
			);
		};
		expect(await locks()).toEqual([]);
		const [card] = await records('Lock_device', { Device: mac.serial_number });
		expect(card).toMatchObject({
			dry_run: true,
			summary: expect.stringContaining(mac.serial_number),
		});
		expect(written()).toEqual([]);

		const [locked] = await records('Lock_device', { Device: mac.serial_number, Dry_Run: false });
		expect(locked).toMatchObject({ success: true, device_id: mac.device_id });
		expect(written()).toEqual([lockOf(mac)]);
		const pin = tenant.state.locks.get(mac.device_id);
		expect(pin).toMatch(/^\d{6}$/);
		expect(JSON.stringify(locked)).not.toContain(pin);
		expect(await locks()).toEqual([expect.objectContaining({ target_type: 'device' })]);
	});

	it.each([
		['Restart_device', 'restart'],
		['Update_device_inventory', 'updateinventory'],
		['Send_blank_push', 'blankpush'],
	])('%s sends nothing at first, and its command when told to', async (tool, command) => {
		const device = { Device: other.serial_number };
		const path = `POST /api/v1/devices/${other.device_id}/action/${command}`;
		expect(await records(tool, device)).toEqual([expect.objectContaining({ dry_run: true })]);
		expect(written()).not.toContain(path);
		expect(await records(tool, { ...device, Dry_Run: false })).toEqual([
			expect.objectContaining({ success: true }),
		]);
		expect(written().filter((one) => one === path)).toHaveLength(1);
	});

	it('has told no client a key, a PIN or a token', () => {
		const { tenant } = kandji;
		const all = said.join('\n');
		expect(all).toContain(mac.serial_number);
		for (const secret of [key, tenant.state.locks.get(mac.device_id)!, tenant.token, TOKEN]) {
			expect(secret).toMatch(/\w{4}/);
			expect(all).not.toContain(secret);
		}
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote(EXAMPLE);
	});
});
