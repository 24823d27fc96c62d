import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';

const apps: IDataObject = { id: 'e9010a08-a546-470b-a633-04ee27dadfb3', name: 'Apps' };
const nameless: IDataObject = { id: '1087f69d-37a3-44f6-a0d8-2b33f5a336bb', name: '' };

const getAll = (
	title: string,
	parameters: ContractCase['parameters'],
	body: IDataObject[],
	items = body,
): ContractCase => ({
	operation: 'selfServiceCategory.getAll',
	title,
	parameters,
	request: { method: 'GET', path: '/api/v1/self-service/categories', encoding: 'none' },
	response: { body },
	items,
});

export const selfServiceCategoryCases: ContractCase[] = [
	getAll('', { returnAll: true }, [apps, nameless]),
	getAll('up to a limit', { limit: 1 }, [apps, nameless], [apps]),
	getAll('of which there are none', {}, []),
];
