import type { INodeProperties } from 'n8n-workflow';

import {
	activeField,
	restartField,
	scriptField,
	selfServiceFields,
} from '../../shared/fields/libraryFields';
import { byDisplayName } from '../../shared/fields/locators';
import type { DependentField } from '../../shared/preSend/requiredFields';
import { selfServiceCategory } from '../../shared/preSend/requiredFields';

export const dependentFields: DependentField[] = [
	{
		when: {
			key: 'execution_frequency',
			value: 'no_enforcement',
			label: 'Execution Frequency is No Enforcement',
		},
		key: 'show_in_self_service',
		displayName: 'Show in Self Service',
	},
	selfServiceCategory,
];

export const script: INodeProperties = {
	...scriptField(
		'Script',
		'script',
		'script',
		'Code of the script, including its shebang. A non-zero exit code counts as a failure.',
	),
	typeOptions: { rows: 8 },
};

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
			description: 'Let users run it from Self Service. Requires Show in Self Service.',
		},
		{ name: 'Once', value: 'once', description: 'Run once per device' },
	],
	default: 'once',
	description: 'How often to run the script on each device',
	routing: { send: { type: 'body', property: 'execution_frequency' } },
};

export const optionalFields: INodeProperties[] = [
	activeField('Whether devices run the script'),
	scriptField(
		'Remediation Script',
		'remediationScript',
		'remediation_script',
		'Script to run when the script returns a non-zero exit code',
	),
	restartField('Whether to restart the Mac after the script has run'),
	...selfServiceFields,
].sort(byDisplayName);
