import { startTenant } from '../../simulator/tenant';
import { contractCases } from './cases/index';

/** The requests that the rows send to the API; those of API Request, which users make up, are left out. */
const sent = [
	...new Set(
		contractCases
			.filter(({ operation }) => !operation.startsWith('apiRequest.'))
			.flatMap((row) => [...(row.before ?? []), row])
			.filter(({ request }) => request.origin === undefined)
			.map(({ request }) => `${request.method} ${request.path}`),
	),
];

const isOf = (operation: string, request: string): boolean =>
	new RegExp(`^${operation.replace(/\{\w+\}/g, '[^/ ]+')}$`).test(request);

describe('the simulated tenant', () => {
	let operations: readonly string[];

	beforeAll(async () => {
		const tenant = await startTenant({ devices: 0, users: 0 });
		({ operations } = tenant);
		await tenant.close();
	});

	it('answers every request of the contract', () => {
		expect(sent.filter((request) => !operations.some((one) => isOf(one, request)))).toEqual([]);
	});

	it('has no operation that the contract does not use', () => {
		expect(operations.filter((one) => !sent.some((request) => isOf(one, request)))).toEqual([]);
	});
});
