import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';
import { asCommaList } from './commaList';
import type { Show } from './locators';
import { notice } from './notice';

/** Says that the tenant may not have bought threat detection. */
export const threatNotice = (show: Show): INodeProperties =>
	notice(
		'threatNotice',
		'Needs Endpoint Detection and Response in the Kandji subscription. Without it the API answers with status 401, 403 or 404.',
		show,
	);

/** Makes a field of several choices that goes into the query as one text with commas. */
export const choices = (
	displayName: string,
	name: string,
	property: string,
	options: INodePropertyOptions[],
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'multiOptions',
	options,
	default: [],
	description,
	routing: { send: { type: 'query', property, value: asCommaList } },
});

/** The filters by what analysts made of a finding, which the second version of the API has. */
export const managementState = choices(
	'Management State',
	'managementState',
	'management_state',
	[
		{ name: 'Closed', value: 'closed' },
		{ name: 'Open', value: 'open' },
	],
	'Only findings that are open, or closed',
);

export const severities = choices(
	'Severities',
	'severities',
	'severities',
	[
		{ name: 'Critical', value: 'critical' },
		{ name: 'High', value: 'high' },
		{ name: 'Informational', value: 'informational' },
		{ name: 'Low', value: 'low' },
		{ name: 'Medium', value: 'medium' },
	],
	'Only findings of these severities',
);

export const findingTags: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. confirmed, myteam',
	description: 'Only findings with any of these tags, separated by commas',
	routing: { send: { type: 'query', property: 'tags', value: asCommaList } },
};

/** Makes a pre-send that takes the zone off UTC dates: the second version of the API documents them without. */
export const withoutZone = (...keys: string[]): PreSend =>
	preSend(async function (options) {
		const qs = { ...options.qs };
		for (const key of keys) {
			if (typeof qs[key] === 'string') qs[key] = qs[key].replace(/Z$/, '');
		}
		return { ...options, qs };
	});
