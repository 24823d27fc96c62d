import type { IDataObject } from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { contractCases } from '../contract/cases/index';
import { totalHeader, type ContractCase } from '../contract/contractCase';
import { runNode } from '../../simulator/engine/engine';
import { useNock } from '../../simulator/engine/nock';
import { operationsOf } from '../structure/description';

const nock = useNock();

const token = '5f6c1a52-0d3c-4b4e-9a3e-2f1f8d0c7b11';
const credential = { region: 'us', subdomain: 'acme', token };

const writes = new Set(
	operationsOf(new Kandji().description)
		.filter(({ operation }) => operation.routing?.request?.method !== 'GET')
		.map(({ resource, operation }) => `${resource.value}.${operation.value}`),
);

/** A record as the API has it, for the dry run to read. */
function recordAt(url: string): IDataObject {
	const id = /[\da-f-]{36}/.exec(url)?.[0];
	return url.includes('/devices/')
		? {
				device_id: id,
				serial_number: 'FVHHFKF7Q6L4',
				device_name: 'Mac',
				model: 'MacBook Air',
				platform: 'Mac',
				tags: [],
				user: { name: 'Jane Doe', email: 'jane@acme.example' },
			}
		: { id, name: 'Jane Doe', email: 'jane@acme.example' };
}

const secretName = /pin$|passcode|password|enrollmentCode$/i;

/** Texts that a user has entered into a field for a secret. */
const secretTextsIn = (parameters: object): string[] =>
	Object.entries(parameters).flatMap(([name, value]: [string, unknown]) => {
		if (typeof value === 'object' && value !== null) return secretTextsIn(value);
		return secretName.test(name) ? [String(value)] : [];
	});

const exchangesOf = (row: ContractCase) => [...(row.before ?? []), row];
const lastWriteOf = (row: ContractCase) =>
	exchangesOf(row).findLast(({ request }) => request.method !== 'GET' && !request.origin)?.request;
const rows = contractCases.filter(
	(row) => writes.has(row.operation) && lastWriteOf(row) !== undefined,
);

it('covers every operation that writes', () => {
	expect(writes.size).toBeGreaterThan(60);
	expect(new Set(rows.map(({ operation }) => operation))).toEqual(writes);
});

describe('a dry run', () => {
	// Sync From Table plans all rows together, in items of its own that its tests describe.
	const single = rows.filter(({ operation }) => operation !== 'device.syncFromTable');
	it.each(single.map((row) => [`${row.operation} ${row.title ?? ''}`.trim(), row] as const))(
		'of %s returns the request and sends no write',
		async (_name, row) => {
			const written: string[] = [];
			const scope = () => nock.current('https://acme.api.kandji.io');
			for (const exchange of exchangesOf(row)) {
				const { request, response } = exchange;
				if (request.method !== 'GET' || request.origin) continue;
				scope()
					.intercept(() => true, 'GET')
					.reply(response.status ?? 200, response.body as IDataObject, {
						...totalHeader(exchange),
						...response.headers,
					});
			}
			scope()
				.persist()
				.intercept(() => true, 'GET')
				.reply(({ url }: Request) => [200, recordAt(url)]);
			for (const method of ['DELETE', 'PATCH', 'POST']) {
				scope()
					.persist()
					.intercept(() => true, method)
					.reply((request: Request) => {
						written.push(`${request.method} ${request.url}`);
						return [200, {}];
					});
			}
			const [resource, operation] = row.operation.split('.');
			const { items, error } = await runNode(
				{ resource, operation, ...row.parameters, dryRun: true },
				{ credential, input: [row.input ?? { json: {} }] },
			);
			expect(error).toBeUndefined();
			expect(written).toEqual([]);
			expect(JSON.stringify(items)).not.toContain(token);
			const [{ json }] = items as [{ json: IDataObject }];
			const { method, path } = lastWriteOf(row)!;
			// The steps of an operation are in its item, or each is an item of its own.
			const plans = (json.steps ??
				(json.request ? [json.request] : items!.map((item) => item.json))) as IDataObject[];
			expect(json.dry_run).toBe(true);
			expect(plans.at(-1)).toMatchObject({ method, path });

			const summary = String(json.summary);
			expect(summary).toMatch(/^[A-Z][a-z]+ /);
			expect(summary).not.toMatch(/undefined|null|NaN|\[object|=|\{\{|, ,|\s\s/);
			for (const text of secretTextsIn(row.parameters)) expect(summary).not.toContain(text);
			if (/^\/api\/v1\/devices\/./.test(path)) {
				expect(summary).toMatch(/\(\w+\)/);
				expect(json).toMatchObject({
					device: { device_id: expect.any(String), serial_number: expect.any(String) },
					platform: 'Mac',
				});
			}
		},
	);
});
