import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
	IExecuteSingleFunctions,
	INodeProperties,
	INodePropertyRouting,
	INodeTypeDescription,
} from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { contractCases } from '../contract/cases/index';
import { enqueueItem } from '../../nodes/Kandji/transport/routing/itemQueue';
import { displayed, operationsOf, withDefaults } from './description';

const description = new Kandji().description as INodeTypeDescription;
const operations = operationsOf(description);

/** A property, its options and their values, all the way down. */
const nested = (property: INodeProperties): INodeProperties[] => [
	property,
	...((property.options ?? []) as INodeProperties[]).flatMap((option) =>
		'values' in option
			? (option as unknown as { values: INodeProperties[] }).values.flatMap(nested)
			: nested(option),
	),
];

/** What an operation sends, in all rows of the contract. */
const requestsOf = (resource: unknown, operation: unknown) =>
	contractCases
		.filter((row) => row.operation === `${String(resource)}.${String(operation)}`)
		.flatMap(({ before = [], request }) => [...before.map((each) => each.request), request]);

/** Whether a request changes what Device › Undo puts back. */
const changesDevice = ({ method, path }: { method: string; path: string }): boolean =>
	(method === 'PATCH' && /^\/api\/v1\/devices\/[^/]+$/.test(path)) ||
	path.endsWith('/action/setname');

const routings = description.properties
	.flatMap(nested)
	.map(({ name, routing }) => ({ name, routing }))
	.filter((entry): entry is { name: string; routing: INodePropertyRouting } =>
		Boolean(entry.routing),
	);

describe.each(
	operations.map(({ resource, operation, parameters }) => ({
		title: `${resource.name} › ${operation.name}`,
		operation,
		parameters,
		fields: displayed(description, withDefaults(description, parameters)),
	})),
)('$title', ({ operation, parameters, fields }) => {
	const request = operation.routing?.request;

	it('has an action, a description, and a request of its own', () => {
		expect(operation.action).toMatch(/^[A-Z][^.]+$/);
		expect(operation.description?.length).toBeGreaterThan(10);
		// Its user names method and path.
		if (operation.value === 'send') return;
		expect(request?.method).toMatch(/^(GET|POST|PATCH|DELETE)$/);
		expect(request?.url).toMatch(/^\/api\/v[12]\//);
	});

	it('shows no field twice', () => {
		const names = fields.map(({ name }) => name);
		expect(names).toEqual([...new Set(names)]);
	});

	it('pages where it offers Return All and Limit, and offers both', () => {
		const names = fields.map(({ name }) => name);
		expect(names.includes('limit')).toBe(names.includes('returnAll'));
		if (operation.value === 'getAll') expect(names).toContain('returnAll');
		if (names.includes('returnAll')) {
			expect(typeof operation.routing?.operations?.pagination).toBe('function');
		}
	});

	it('offers Dry Run exactly where it writes', () => {
		expect(fields.some(({ name }) => name === 'dryRun')).toBe(request?.method !== 'GET');
	});

	it('offers If None Found exactly where it reads one record', () => {
		const lists = ['getApps', 'getLibraryItems', 'getParameters'];
		const isList =
			fields.some(({ name }) => name === 'returnAll') || lists.includes(String(operation.value));
		const names = [...String(request?.url).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
		const readsOne = request?.method === 'GET' && names.length > 0 && !isList;
		const offered = fields.some(({ name }) => name === 'ifNoneFound');
		expect(offered).toBe(readsOne || operation.value === 'find');
	});

	it('offers Return Undo exactly where it changes what Device › Undo puts back', () => {
		const isUndo = parameters.resource === 'device' && parameters.operation === 'undo';
		const changes = requestsOf(parameters.resource, parameters.operation).some(changesDevice);
		// API Request sends anything, and knows nothing of what it changes.
		const isAny = parameters.resource === 'apiRequest';
		expect(fields.some(({ name }) => name === 'returnUndo')).toBe(changes && !isUndo && !isAny);
	});

	it('fills every ID in its path from a required field that it shows', () => {
		const names = [...String(request?.url).matchAll(/\{\{?(\w+)\}?\}/g)].map(([, name]) => name);
		const required = fields.filter((field) => field.required === true).map(({ name }) => name);
		expect(required).toEqual(expect.arrayContaining(names));
	});
});

describe('the previews of outputs', () => {
	const folder = join(__dirname, '../../nodes/Kandji/__schema__/v1.0.0');
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.json'),
	);

	it.each(files)('%s is of an operation and describes an object', (file) => {
		const known = operations.map(
			({ parameters: { resource, operation } }) => `${String(resource)}/${String(operation)}.json`,
		);
		expect(known).toContain(file);
		const schema = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
			type: string;
			properties: object;
		};
		expect(schema.type).toBe('object');
		expect(Object.keys(schema.properties).length).toBeGreaterThan(1);
	});
});

describe('what transport relies on', () => {
	it('every post-receive action is a function, which transport can run by itself', () => {
		const actions = routings.flatMap(({ routing }) => routing.output?.postReceive ?? []);
		expect(actions).not.toEqual([]);
		expect(actions.map((action) => typeof action)).toEqual(actions.map(() => 'function'));
	});

	describe('pre-send functions', () => {
		const [first, ...others] = routings.flatMap(({ routing }) => routing.send?.preSend ?? []);
		const request = { url: '/api/v1/devices', method: 'GET' as const };

		/** An item of which nothing can be read: whatever else is asked for throws. */
		const unreadableItem = (): IExecuteSingleFunctions => {
			const executeData = { data: { main: [[{ json: {} }]] } };
			const readable: Record<string, () => unknown> = {
				getExecuteData: () => executeData,
				getItemIndex: () => 0,
				getNode: () => ({ name: 'Kandji', type: 'kandji', parameters: {} }),
			};
			const context = new Proxy(readable, {
				get: (target, name) =>
					name === 'inputData'
						? undefined
						: (target[String(name)] ??
							(() => {
								throw new Error(`${String(name)} cannot be read`);
							})),
			});
			return context as unknown as IExecuteSingleFunctions;
		};

		it('start with the one that puts the item into the queue', () => {
			expect(first).toBe(enqueueItem);
			expect(others).not.toContain(enqueueItem);
			expect(others.length).toBeGreaterThan(0);
		});

		it('keep a failure until their item is due', async () => {
			for (const preSend of new Set(others)) {
				const context = unreadableItem();
				await enqueueItem.call(context, request);
				await expect(preSend.call(context, request)).resolves.toBe(request);
			}
		});

		it('run only for items in the queue', async () => {
			for (const preSend of new Set(others)) {
				await expect(preSend.call(unreadableItem(), request)).rejects.toThrow(
					'The item was not registered before its request',
				);
			}
		});
	});
});
