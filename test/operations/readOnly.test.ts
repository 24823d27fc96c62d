import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { runNode } from '../../simulator/engine/engine';
import { useNock } from '../../simulator/engine/nock';
import { contractCases } from '../contract/cases/index';
import { operationsOf } from '../structure/description';

const nock = useNock();

const credential = {
	region: 'us',
	subdomain: 'acme',
	token: '5f6c1a52-0d3c-4b4e-9a3e-2f1f8d0c7b11',
};

const isWrite = new Map(
	operationsOf(new Kandji().description).map(({ resource, operation }) => [
		`${resource.value}.${operation.value}`,
		operation.routing?.request?.method !== 'GET',
	]),
);
const rows = contractCases.filter(
	({ operation, request }) => isWrite.get(operation) && request.method !== 'GET',
);

describe('a read-only credential', () => {
	it.each(rows.map((row) => [`${row.operation} ${row.title ?? ''}`.trim(), row] as const))(
		'refuses %s before any request',
		async (_name, row) => {
			const sent: string[] = [];
			for (const method of ['DELETE', 'GET', 'PATCH', 'POST']) {
				nock
					.current('https://acme.api.kandji.io')
					.persist()
					.intercept(() => true, method)
					.reply(({ url }: Request) => {
						sent.push(`${method} ${url}`);
						return [200, {}];
					});
			}
			const [resource, operation] = row.operation.split('.');
			const { error } = await runNode(
				{ resource, operation, ...row.parameters },
				{ credential: { ...credential, readOnly: true }, input: [row.input ?? { json: {} }] },
			);
			expect(error?.message).toBe('The credential is read only');
			expect(sent).toEqual([]);
		},
	);

	it.each([
		['true', 'The credential is read only'],
		['={{ "yes" }}', 'The credential is read only'],
		[false, undefined],
		[undefined, undefined],
	])('takes %j for Read Only', async (readOnly, message) => {
		nock
			.current('https://acme.api.kandji.io')
			.post('/api/v1/tags')
			.reply(200, { id: '1', name: 'Loaner' });
		const { error } = await runNode(
			{ resource: 'tag', operation: 'create', name: 'Loaner' },
			{ credential: { ...credential, readOnly } },
		);
		expect(error?.message).toBe(message);
	});

	it('reads', async () => {
		nock.current('https://acme.api.kandji.io').get('/api/v1/settings/licensing').reply(200, {});
		const { error } = await runNode(
			{ resource: 'license', operation: 'get' },
			{ credential: { ...credential, readOnly: true } },
		);
		expect(error).toBeUndefined();
	});
});
