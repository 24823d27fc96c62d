import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';

const event: IDataObject = {
	id: '01JNGZW47KZKPXE1JWCFE4PHDW',
	action: 'update',
	occurred_at: '2025-03-04T16:29:55.253454Z',
	actor_id: 'cf40d6e7-20cb-4da9-84a1-9ad0b7003ca5',
	actor_type: 'user',
	target_id: '449ec92a-186a-44f2-9421-d5ac6e465eb5',
	target_type: 'blueprint',
	target_component: 'library_items',
	new_state: { library_items_added: [], name: 'demo' },
	metadata: {},
};
const bare: IDataObject = {
	...event,
	id: '01JNGZWQ7WAN45PVTJ3686TXHT',
	actor_id: null,
	target_component: '',
	new_state: null,
	metadata: { source_id: null, source: null },
};

const deletion: IDataObject = {
	...event,
	id: '01JNGZX2B6W4S0Q8T9Y7C3M5KD',
	action: 'delete',
	target_type: 'user',
	target_component: '',
	new_state: { email: 'ana@acme.example' },
};

const list = (next: string | null, ...results: IDataObject[]) => ({
	body: { results, previous: null, next },
});

const dates = (
	title: string,
	startDate: string,
	endDate: string,
	query: Record<string, string>,
): ContractCase => ({
	operation: 'auditEvent.getAll',
	title,
	parameters: { limit: 20, filters: { startDate, endDate } },
	request: {
		method: 'GET',
		path: '/api/v1/audit/events',
		query: { limit: '20', ...query },
		encoding: 'none',
	},
	response: list(null, event, deletion),
	items: [event, deletion],
});

export const auditEventCases: ContractCase[] = [
	{
		operation: 'auditEvent.getAll',
		title: 'over two pages, sorted',
		parameters: { returnAll: true, options: { sortBy: '-occurred_at' } },
		before: [
			{
				request: {
					method: 'GET',
					path: '/api/v1/audit/events',
					query: { limit: '500', sort_by: '-occurred_at' },
					encoding: 'none',
				},
				response: list(
					'https://acme.kandji.io/api/v1/audit/events?cursor=cD0x&sort_by=-occurred_at',
					event,
				),
			},
		],
		request: {
			method: 'GET',
			path: '/api/v1/audit/events',
			query: { limit: '500', sort_by: '-occurred_at', cursor: 'cD0x' },
			encoding: 'none',
		},
		response: list(null, event, bare),
		items: [event, bare],
	},
	dates('between times with a zone', '2025-03-04T18:29:55.253+02:00', '2025-03-05 00:00:00Z', {
		start_date: '2025-03-04T16:29:55.253Z',
		end_date: '2025-03-05T00:00:00.000Z',
	}),
	dates('between days', '2025-03-04', '2025-03-05', {
		start_date: '2025-03-04',
		end_date: '2025-03-05',
	}),
	dates(
		'between expressions',
		"={{ DateTime.fromISO('2025-03-04T16:29:55.253Z').toISO() }}",
		"={{ new Date('2025-03-05T00:00:00Z') }}",
		{ start_date: '2025-03-04T16:29:55.253Z', end_date: '2025-03-05T00:00:00.000Z' },
	),
];
