import { requestsOf, unknownOperations } from '../../scripts/docs/requests';
import { contractCases } from '../contract/cases/index';

describe('the requests of an operation, as the pages say', () => {
	it('are those of operations that exist', () => {
		expect(unknownOperations(contractCases)).toEqual([]);
	});

	it.each([
		['device.get', false, '1'],
		['user.getAll', true, '1 for each page'],
	])('are what the contract says: %s', (operation, isList, text) => {
		expect(requestsOf(operation, isList, contractCases)).toBe(text);
	});

	it('must be told where the contract has several', () => {
		const rows = contractCases
			.filter(({ operation }) => operation === 'device.getFullRecord')
			.map((row) => ({ ...row, operation: 'device.new' }));
		expect(() => requestsOf('device.new', false, rows)).toThrow('takes 7 requests: say when');
	});
});
