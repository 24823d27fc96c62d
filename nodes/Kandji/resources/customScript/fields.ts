import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { selfServiceCategoryLocator } from '../../shared/fields/locators';
import type { Need } from '../../shared/preSend/requiredFields';
import { selfServiceNeed } from '../../shared/preSend/requiredFields';

/** What the API asks of a script's settings beyond each field by itself. */
export const customScriptNeeds: Need[] = [
	{
		key: 'execution_frequency',
		value: 'no_enforcement',
		setting: 'Execution Frequency No Enforcement',
		needs: 'show_in_self_service',
		needsDisplayName: 'Show in Self Service',
	},
	selfServiceNeed,
];

/** How often a script runs. */
export const executionFrequency: INodeProperties = {
	displayName: 'Execution Frequency',
	name: 'executionFrequency',
	type: 'options',
	options: [
		{ name: 'Every 15 Minutes', value: 'every_15_min' },
		{ name: 'Every Day', value: 'every_day' },
		{
			name: 'No Enforcement',
			value: 'no_enforcement',
			description: 'Only when a user starts it in Self Service, where it has to be shown then',
		},
		{ name: 'Once', value: 'once', description: 'Once on each device' },
	],
	default: 'once',
	description: 'How often the script runs on each device',
	routing: { send: { type: 'body', property: 'execution_frequency' } },
};

/** The fields of a script that may be left out when it is created. */
export const optionalFields: INodeProperties[] = [
	{
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description: 'Whether devices run the script',
		routing: { send: { type: 'body', property: 'active' } },
	},
	{
		displayName: 'Recommended in Self Service',
		name: 'selfServiceRecommended',
		type: 'boolean',
		default: false,
		description: 'Whether Self Service shows it among the recommended items',
		routing: { send: { type: 'body', property: 'self_service_recommended' } },
	},
	{
		displayName: 'Remediation Script',
		name: 'remediationScript',
		type: 'string',
		typeOptions: { rows: 5 },
		default: '',
		placeholder: 'e.g. #!/bin/zsh',
		description: 'Runs when the script ends with another exit code than 0',
		routing: { send: { type: 'body', property: 'remediation_script' } },
	},
	{
		displayName: 'Restart',
		name: 'restart',
		type: 'boolean',
		default: false,
		description: 'Whether the Mac restarts after the script',
		routing: { send: { type: 'body', property: 'restart' } },
	},
	selfServiceCategoryLocator(undefined, { required: false }),
	{
		displayName: 'Show in Self Service',
		name: 'showInSelfService',
		type: 'boolean',
		default: false,
		description: 'Whether users can start it in Self Service; needs a Self Service Category',
		routing: { send: { type: 'body', property: 'show_in_self_service' } },
	},
];

/** The fields of a script that people use. */
export const simplifiedScript = (record: IDataObject): IDataObject => ({
	id: record.id,
	name: record.name,
	active: record.active,
	execution_frequency: record.execution_frequency,
	script: record.script,
	remediation_script: record.remediation_script || null,
	show_in_self_service: record.show_in_self_service ?? null,
	self_service_category_id: record.self_service_category_id || null,
	updated_at: record.updated_at,
});
