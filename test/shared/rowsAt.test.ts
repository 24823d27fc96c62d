import type { IDataObject, IExecuteSingleFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import { rowsAt } from '../../nodes/Kandji/shared/fields/output';

const context = {
	getNode: () => ({ name: 'Kandji', parameters: {} }),
	getItemIndex: () => 0,
	getNodeParameter: () => undefined,
} as unknown as IExecuteSingleFunctions;

const unwrap = async (body: IDataObject, headers: IDataObject = {}) =>
	await rowsAt('apps').call(context, [{ json: body }], {
		body,
		headers,
		statusCode: 200,
	} as IN8nHttpFullResponse);

const apps = [{ app_name: 'Safari' }, { app_name: 'Notes' }];

describe('a list that comes without pages', () => {
	it.each([{}, { 'x-total-count': '2' }, { link: '<None>; rel="next"' }])(
		'is unwrapped when it is whole: %j',
		async (headers) => {
			expect(await unwrap({ apps }, headers)).toEqual(apps.map((json) => ({ json })));
		},
	);

	it.each<[IDataObject, IDataObject, RegExp]>([
		[{ apps }, { 'x-total-count': '3' }, /incomplete: it returned 2 of 3 records/],
		[{ apps: [], count: 1 }, {}, /incomplete: it returned 0 of 1 records/],
		[
			{ apps, next: 'https://x.y/?page=2' },
			{},
			/incomplete: the response says that more records follow/,
		],
		[{ apps: [null] }, {}, /contains no list of records/],
	])('is refused when it is not: %j %j', async (body, headers, message) => {
		await expect(unwrap(body, headers)).rejects.toThrow(message);
	});

	it('is empty when the device has none', async () => {
		expect(await unwrap({ apps: null })).toEqual([]);
	});
});
