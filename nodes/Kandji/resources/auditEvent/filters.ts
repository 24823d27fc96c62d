import { choiceFilter, textFilter, type RecordFilter } from '../../shared/fields/recordFilters';

/** Filters of audit events, which the API does not have. */
export const auditEventFilters: RecordFilter[] = [
	textFilter(
		'Actions',
		'action',
		'action',
		'e.g. create, delete',
		'Comma-separated list. Only events with one of these actions',
	),
	textFilter(
		'Actor IDs',
		'actorId',
		'actor_id',
		'e.g. cf40d6e7-20cb-4da9-84a1-9ad0b7003ca5',
		'Comma-separated list. Only events caused by one of these users or API tokens',
	),
	textFilter(
		'Actor Types',
		'actorType',
		'actor_type',
		'e.g. user, api_token',
		'Comma-separated list. Only events caused by an actor of one of these types',
	),
	textFilter(
		'Target IDs',
		'targetId',
		'target_id',
		'e.g. 3de7b283-1a44-47ef-bde1-2f556a8a32f7',
		'Comma-separated list. Only events about one of these records, such as a device',
	),
	choiceFilter('Target Types', 'targetType', 'target_type', 'Only events about one of these', [
		['Admin', 'admin'],
		['API Token', 'api_token'],
		['Blueprint', 'blueprint'],
		['Device', 'device'],
		['Library Item', 'library_item'],
		['Threat', 'threat'],
		['User', 'user'],
		['Vulnerability', 'vulnerability'],
	]),
];
