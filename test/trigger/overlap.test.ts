import { PollContext, PollTriggerExecutor, TriggersAndPollers } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IPollFunctions,
} from 'n8n-workflow';

import { createAdditionalData } from '../../simulator/engine/additionalData';
import { MemoryCredentials, storedCredential } from '../../simulator/engine/credentials';
import { createPoller } from '../../simulator/engine/poller';
import { loadPackage } from '../../simulator/engine/package';
import { fillParameters } from '../../simulator/engine/parameters';
import { startTenant, type Tenant } from '../../simulator/tenant/index';
import { credentialOf } from './support';

const otherVendor = 'n8n-nodes-base.otherTrigger';

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

/** Another vendor's trigger, which is done before ours and needs an expression to say what it found. */
const otherTrigger = {
	description: {
		displayName: 'Other Trigger',
		name: 'otherTrigger',
		group: ['trigger'],
		version: 1,
		polling: true,
		inputs: [],
		outputs: ['main'],
		properties: [{ displayName: 'Text', name: 'text', type: 'string', default: '' }],
	},
	async poll(this: IPollFunctions) {
		const text = this.getNodeParameter('text', '') as string;
		await pause(20);
		return [[{ json: { text } }]];
	},
} as unknown as INodeType;

interface TriggerNode {
	name: string;
	id: string;
	/** Of the Kandji trigger; another vendor's trigger has none. */
	parameters?: INodeParameters;
}

/** What a trigger's poll handed to n8n: its items, or its error's message. */
type Outcome = IDataObject[] | string;

/** The triggers of one active workflow, polled by n8n's own executor. */
async function activate(triggers: TriggerNode[], tenant: Tenant, workflowId = '1') {
	const loaded = await loadPackage();
	const kandji = `${loaded.name}.kandjiTrigger`;
	const nodeTypes: INodeTypes = {
		getByName: (type) => (type === otherVendor ? otherTrigger : loaded.nodeTypes.getByName(type)),
		getByNameAndVersion: (type, version) =>
			type === otherVendor ? otherTrigger : loaded.nodeTypes.getByNameAndVersion(type, version),
		getKnownTypes: () => ({}),
	};
	const { description } = nodeTypes.getByNameAndVersion(kandji);
	const workflow = new Workflow({
		id: workflowId,
		name: 'Workflow',
		nodes: triggers.map(({ name, id, parameters }) => ({
			name,
			id,
			typeVersion: 1,
			position: [0, 0],
			...(parameters
				? { type: kandji, parameters: fillParameters(description, parameters) }
				: { type: otherVendor, parameters: { text: '={{ "found " + 1 }}' } }),
			credentials: { kandjiApi: storedCredential },
		})) as INode[],
		connections: {},
		active: true,
		nodeTypes,
	});
	const ignore = () => undefined;
	const logger = { debug: ignore, info: ignore, warn: ignore, error: ignore, scoped: () => logger };
	const span = { setStatus: ignore };
	const start = async (_options: object, run: (started: object) => Promise<unknown>) =>
		await run(span);
	const tracing = {
		startSpan: start,
		startNewTraceSpan: start,
		pickWorkflowAttributes: () => ({}),
		pickNodeAttributes: () => ({}),
	};
	const executor = new PollTriggerExecutor(
		...([
			logger,
			new TriggersAndPollers(),
			tracing,
			{ error: ignore },
		] as unknown as ConstructorParameters<typeof PollTriggerExecutor>),
	);
	const outcomes: Record<string, Outcome> = {};
	const polls = triggers.map(({ name }) => {
		const node = workflow.getNode(name)!;
		const credentials = new MemoryCredentials(loaded, credentialOf(tenant));
		const context = new PollContext(
			workflow,
			node,
			createAdditionalData(credentials),
			'trigger',
			'activate',
			(data) => void (outcomes[name] = data.flat().map(({ json }) => json)),
			(error) => void (outcomes[name] = error.message),
		);
		return executor.create(workflow, node, context, () => true);
	});
	return {
		/** What each trigger's last poll that was not silent handed to n8n. */
		outcomes: outcomes as Readonly<typeof outcomes>,
		/** n8n activates one trigger after the other. */
		activate: async () => {
			for (const poll of polls) await workflow.expression.withIsolate(async () => await poll(true));
		},
		/** One tick of the schedule that all triggers have. */
		tick: async (): Promise<Record<string, Outcome>> => {
			for (const { name } of triggers) delete outcomes[name];
			await Promise.all(polls.map(async (poll) => await poll()));
			return { ...outcomes };
		},
	};
}

const idsOf = (outcome: Outcome | undefined) =>
	typeof outcome === 'object' ? outcome.map(({ device_id }) => device_id) : outcome;

describe('polls of one process', () => {
	let tenant: Tenant;
	const add = () => (tenant.mutate({ op: 'addDevice' }) as Array<{ device_id: string }>)[0]!;
	const enrolled = { events: ['deviceEnrolled'] };

	beforeAll(async () => {
		tenant = await startTenant({ devices: 5, rateLimit: false });
	});
	beforeEach(() => {
		tenant.reset();
		tenant.faults.add({ kind: 'latency', ms: 150 });
	});
	afterAll(async () => await tenant.close());

	it('all find everything when three triggers of one workflow are polled together with another vendor’s', async () => {
		const { activate: start, tick } = await activate(
			[
				{ name: 'Kandji 1', id: 'a', parameters: enrolled },
				{
					name: 'Kandji 2',
					id: 'b',
					parameters: {
						events: ['deviceEnrolled', 'auditEvent'],
						filters: { userEmail: '={{ "" + "@" }}' },
						auditFilters: { action: '={{ "create" }}' },
					},
				},
				{ name: 'Kandji 3', id: 'c', parameters: { events: '={{ ["deviceEnrolled"] }}' } },
				{ name: 'Other', id: 'd' },
			],
			tenant,
		);
		await start();
		for (let round = 0; round < 3; round++) {
			const user = { email: 'ana@acme.example', id: '1', name: 'Ana', is_archived: false };
			const [{ device_id }] = tenant.mutate({ op: 'addDevice', fields: { user } }) as [
				{ device_id: string },
			];
			const outcomes = await tick();
			expect(outcomes.Other).toEqual([{ text: 'found 1' }]);
			for (const name of ['Kandji 1', 'Kandji 2', 'Kandji 3']) {
				expect([name, idsOf(outcomes[name])]).toEqual([name, [device_id]]);
			}
		}
		expect(await tick()).toEqual({ Other: [{ text: 'found 1' }] });
	});

	it('do not silence each other when two nodes have one ID', async () => {
		const { activate: start, tick } = await activate(
			[
				{ name: 'Kandji', id: 'same', parameters: enrolled },
				{ name: 'Kandji1', id: 'same', parameters: enrolled },
			],
			tenant,
		);
		await start();
		for (let round = 0; round < 2; round++) {
			const { device_id } = add();
			const outcomes = await tick();
			expect([idsOf(outcomes.Kandji), idsOf(outcomes.Kandji1)]).toEqual([[device_id], [device_id]]);
		}
	});

	it.each([
		['two workflows', ['1', '2']],
		['one workflow that was imported twice', ['1', '1']],
	])('do not silence each other when they are copies in %s', async (_, workflowIds) => {
		const node = { name: 'Kandji Trigger', id: 'same', parameters: enrolled };
		const copies = [];
		for (const id of workflowIds) copies.push(await activate([node], tenant, id));
		for (const copy of copies) await copy.activate();
		const { device_id } = add();
		const outcomes = await Promise.all(copies.map(async ({ tick }) => await tick()));
		expect(outcomes.map((outcome) => idsOf(outcome['Kandji Trigger']))).toEqual([
			[device_id],
			[device_id],
		]);
	});

	it('find everything once when two polls overlap in durable mode, each with its own copy of the state', async () => {
		const options = { credential: credentialOf(tenant), durable: true };
		const first = await createPoller(enrolled, options);
		await first.poll();
		const { staticData } = first;
		const second = await createPoller(enrolled, { ...options, staticData });
		add();
		tenant.faults.add({ kind: 'latency', ms: 1_000 });
		const requests = tenant.counters.total.received;
		const found = await Promise.all([first.poll(), second.poll()]);
		// Which poll comes first depends on how long n8n takes to prepare its expressions.
		const [reporting, waiting] = found[0] === null ? [second, first] : [first, second];
		expect(found.flatMap((items) => items ?? [])).toHaveLength(1);
		expect(found).toContain(null);
		expect(tenant.counters.total.received - requests).toBe(1);
		// n8n stores what differs: here only what the poll that reports made of it.
		expect(waiting.staticData).toEqual(staticData);
		expect(reporting.staticData).not.toEqual(staticData);
	});

	it('find everything once when two polls of one trigger overlap', async () => {
		const {
			activate: start,
			tick,
			outcomes,
		} = await activate([{ name: 'Kandji', id: 'a', parameters: enrolled }], tenant);
		await start();
		const { device_id } = add();
		// On a busy machine the first poll would end before the second begins.
		tenant.faults.add({ kind: 'latency', ms: 1_000 });
		const requests = tenant.counters.total.received;
		await Promise.all([tick(), tick()]);
		expect(idsOf(outcomes.Kandji)).toEqual([device_id]);
		expect(tenant.counters.total.received - requests).toBe(1);
	});
});
