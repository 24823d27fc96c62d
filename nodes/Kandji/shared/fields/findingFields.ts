import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';
import { acceptsList } from '../../transport/routing/fieldChecks';
import type { Show } from './locators';
import { notice } from './notice';

/** Makes the notice that threats and behavioral detections need an add-on. */
export const threatNotice = (show: Show): INodeProperties =>
	notice(
		'threatNotice',
		"Requires Kandji's Endpoint Detection and Response add-on. Without it, these operations report a missing permission.",
		show,
	);

/** Makes a multiple-choice filter. */
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
	routing: { send: { type: 'query', property } },
});

/** Filters by an analyst's assessment, which version 2 of the API has. */
export const managementState = choices(
	'Management State',
	'managementState',
	'management_state',
	[
		{ name: 'Closed', value: 'closed' },
		{ name: 'Open', value: 'open' },
	],
	'Only findings with any of these management states',
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
	'Only findings with any of these severities',
);

export const findingTags = acceptsList({
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. confirmed, myteam',
	description: 'Comma-separated tags. Only findings with any of them are returned.',
	routing: { send: { type: 'query', property: 'tags' } },
});

/** Makes a pre-send that removes the zone from UTC dates: version 2 of the API documents them without it. */
export const withoutZone = (...keys: string[]): PreSend =>
	preSend(async function (options) {
		const qs = { ...options.qs };
		for (const key of keys) {
			if (typeof qs[key] === 'string') qs[key] = qs[key].replace(/Z$/, '');
		}
		return { ...options, qs };
	});
