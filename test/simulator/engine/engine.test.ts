import { credentialTest } from '../../../simulator/engine/credentialTest';
import {
	loadNodeType,
	runNode,
	runWorkflow,
	type ExportedWorkflow,
} from '../../../simulator/engine/engine';
import { useNock } from '../../../simulator/engine/nock';

const nock = useNock();

const host = 'https://acme.api.kandji.io';
const credential = { subdomain: 'acme', token: '5f6c1a52-0d3c-4b4e-9a3e-2f1f8d0c7b11' };
const findByTag = {
	resource: 'device',
	operation: 'getAll',
	filters: { assetTag: '={{ $json.tag }}' },
};
const inputs = [{ tag: 'one' }, { tag: 'two' }, { tag: 'three' }];

/** The device list, asked for by asset tag. */
function devicesTagged(tag: string) {
	return nock
		.current(host)
		.get('/api/v1/devices')
		.query((query) => query.asset_tag === tag);
}

const answer = (tag: string) =>
	devicesTagged(tag).reply(200, [{ device_id: `device-${tag}`, asset_tag: tag }], {
		'X-Total-Count': '1',
	});

const refuse = (tag: string) =>
	devicesTagged(tag).reply(403, {
		detail: 'You do not have permission to perform this action.',
	});

describe('the engine in process', () => {
	it('loads the built package as n8n does', async () => {
		const { description } = await loadNodeType();
		const names = description.properties.map((property) => property.name);
		// n8n adds requestOptions to every declarative node while loading it.
		expect(names).toEqual(expect.arrayContaining(['resource', 'operation', 'requestOptions']));
		expect(description.icon).toBeUndefined();
		expect(description.iconUrl).toMatchObject({ light: expect.stringMatching(/kandji\.svg$/) });
	});

	it('links every item to the input item it came from', async () => {
		for (const { tag } of inputs) answer(tag);
		const { status, items } = await runNode(findByTag, { credential, input: inputs });
		expect(status).toBe('success');
		expect(items.map(({ json, pairedItem }) => [json.device_id, pairedItem])).toEqual([
			['device-one', { item: 0 }],
			['device-two', { item: 1 }],
			['device-three', { item: 2 }],
		]);
	});

	it('stops at an error and says what n8n would show', async () => {
		for (const { tag } of inputs)
			if (tag === 'two') refuse(tag);
			else answer(tag);
		const { status, items, error } = await runNode(findByTag, { credential, input: inputs });
		expect(status).toBe('error');
		expect(items).toEqual([]);
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '403' });
	});

	it('continues after an error, on the error branch', async () => {
		for (const { tag } of inputs)
			if (tag === 'two') refuse(tag);
			else answer(tag);
		const { status, outputs } = await runNode(findByTag, {
			credential,
			input: inputs,
			onError: 'continueErrorOutput',
		});
		expect(status).toBe('success');
		const [done = [], failed = []] = outputs;
		expect(done.map(({ json }) => json.device_id)).toEqual(['device-one', 'device-three']);
		expect(failed).toHaveLength(1);
		expect(failed[0]?.pairedItem).toEqual({ item: 1 });
	});

	it('ends a wait inside the node when the execution is stopped', async () => {
		const stop = new AbortController();
		devicesTagged('one').reply(() => {
			setImmediate(() => stop.abort());
			return [429, {}, { 'Retry-After': '600' }];
		});
		const { status } = await runNode(findByTag, {
			credential,
			input: [{ tag: 'one' }],
			signal: stop.signal,
		});
		expect(status).toBe('canceled');
	});

	it('refuses a parameter that the operation does not show', async () => {
		const wrong = { resource: 'device', operation: 'getAll', returnAll: true, limit: 5 };
		await expect(runNode(wrong, { credential })).rejects.toThrow('Kandji shows no parameter limit');
	});

	it('reports which nodes run, and passes a node’s data to the next one’s expressions', async () => {
		answer('one');
		answer('two');
		const kandji = (id: string, name: string, tag: string) => ({
			id,
			name,
			type: 'n8n-nodes-kandji.kandji',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: { ...findByTag, filters: { assetTag: tag } },
		});
		const workflow: ExportedWorkflow = {
			nodes: [
				{
					id: '1',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				kandji('2', 'First', '={{ $json.tag }}'),
				kandji('3', 'Second', "={{ $('Start').item.json.next }}"),
			],
			connections: {
				Start: { main: [[{ node: 'First', type: 'main', index: 0 }]] },
				First: { main: [[{ node: 'Second', type: 'main', index: 0 }]] },
			},
		};
		const events: string[] = [];
		const result = await runWorkflow(workflow, {
			credential,
			input: [{ tag: 'one', next: 'two' }],
			onProgress: ({ node, items }) => events.push(`${node} ${items ?? 'starts'}`),
		});
		expect(result.items('Second').map(({ json }) => json.device_id)).toEqual(['device-two']);
		expect(events).toEqual([
			'Start starts',
			'Start 1',
			'First starts',
			'First 1',
			'Second starts',
			'Second 1',
		]);
	});

	it('says which node types it lacks', async () => {
		const workflow: ExportedWorkflow = {
			nodes: [
				{
					id: '1',
					name: 'Code',
					type: 'n8n-nodes-base.code',
					typeVersion: 2,
					position: [0, 0],
					parameters: {},
				},
			],
			connections: {},
		};
		await expect(runWorkflow(workflow, { credential })).rejects.toThrow('"n8n-nodes-base.code"');
	});
});

describe('the credential test in process', () => {
	it.each([
		[200, 'OK', 'Connection successful!'],
		[401, 'Error', /token/],
		[403, 'Error', /Device list/],
	])('answers a %i as n8n does', async (code, status, message) => {
		// n8n-core sends a request again that was answered 401.
		nock.current(host).persist().get('/api/v1/devices').query(true).reply(code, []);
		await expect(credentialTest(credential)).resolves.toEqual({
			status,
			message: expect.stringMatching(message),
		});
	});

	it('sends the token as the credential says', async () => {
		nock
			.current(host, { reqheaders: { authorization: `Bearer ${credential.token}` } })
			.get('/api/v1/devices')
			.query(true)
			.reply(200, []);
		await expect(credentialTest(credential)).resolves.toMatchObject({ status: 'OK' });
	});
});
