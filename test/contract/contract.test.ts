import { loadNodeType, runNode } from '../../simulator/engine/engine';
import { useNock } from '../../simulator/engine/nock';
import { useFastClock } from '../fastClock';
import { operationsOf } from '../structure/description';
import { contractCases } from './cases/index';
import { totalHeader, type Exchange } from './contractCase';
import { expectedSummary, summaryOf } from './received';

useFastClock();
const nock = useNock();

const token = '5f6c1a52-0d3c-4b4e-9a3e-2f1f8d0c7b11';
const credential = { region: 'us', subdomain: 'acme', token };
const apiOrigin = 'https://acme.api.kandji.io';

/** Answers one request of the exchange's method, whatever else it is, and keeps it. */
function answer(exchange: Exchange, received: Request[]): void {
	const { request, response } = exchange;
	const { status = 200, body = '', headers = {} } = response;
	const json = { 'content-type': 'application/json' };
	nock
		.current(request.origin ?? apiOrigin)
		.intercept(() => true, request.method)
		.reply((sent: Request) => {
			received.push(sent.clone());
			return typeof body === 'string'
				? [status, body, headers]
				: [status, JSON.stringify(body), { ...json, ...totalHeader(exchange), ...headers }];
		});
}

/** The time of the run, which is another one each time. */
const withoutTime = (key: string, value: unknown): unknown =>
	key === 'checked_at' ? 'now' : value;

describe('the contract', () => {
	it.each(contractCases.map((row) => [`${row.operation} ${row.title ?? ''}`.trim(), row] as const))(
		'%s',
		async (_name, row) => {
			const [resource, operation] = row.operation.split('.');
			const exchanges = [...(row.before ?? []), row];
			const received: Request[] = [];
			for (const exchange of exchanges) answer(exchange, received);

			const { items, error } = await runNode(
				{ resource, operation, ...row.parameters },
				{ credential, input: [row.input ?? { json: {} }] },
			);

			const summaries = await Promise.all(
				received.map(async (request) => await summaryOf(request, apiOrigin, token)),
			);
			expect(error).toBeUndefined();
			expect(summaries).toEqual(exchanges.map(expectedSummary));
			const output = JSON.stringify(
				items.map(({ json }) => json),
				withoutTime,
			);
			expect(JSON.parse(output)).toEqual(row.items);
		},
	);

	it('contract is complete', async () => {
		const { description } = await loadNodeType();
		const offered = operationsOf(description).map(
			({ resource, operation }) => `${resource.value}.${operation.value}`,
		);
		const described = new Set(contractCases.map(({ operation }) => operation));
		expect([...described].sort()).toEqual(offered.sort());
	});
});
