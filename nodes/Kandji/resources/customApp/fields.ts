import type { INodeProperties } from 'n8n-workflow';

import { byDisplayName } from '../../shared/fields/locators';
import {
	activeField,
	restartField,
	scriptField,
	selfServiceFields,
} from '../../shared/fields/libraryFields';
import type { DependentField } from '../../shared/preSend/requiredFields';
import { selfServiceCategory } from '../../shared/preSend/requiredFields';

export const dependentFields: DependentField[] = [
	{
		when: {
			key: 'install_enforcement',
			value: 'continuously_enforce',
			label: 'Install Enforcement is Continuously Enforce',
		},
		key: 'audit_script',
		displayName: 'Audit Script',
	},
	{
		when: { key: 'install_type', value: 'zip', label: 'Install Type is ZIP File' },
		key: 'unzip_location',
		displayName: 'Unzip Location',
	},
	selfServiceCategory,
];

export const installType: INodeProperties = {
	displayName: 'Install Type',
	name: 'installType',
	type: 'options',
	options: [
		{ name: 'Disk Image', value: 'image', description: 'A .dmg file' },
		{ name: 'Installer Package', value: 'package', description: 'A .pkg or .mpkg file' },
		{
			name: 'ZIP File',
			value: 'zip',
			description: 'A .zip file to unpack. Requires an Unzip Location.',
		},
	],
	default: 'package',
	description: 'Type of the installer file',
	routing: { send: { type: 'body', property: 'install_type' } },
};

export const installEnforcement: INodeProperties = {
	displayName: 'Install Enforcement',
	name: 'installEnforcement',
	type: 'options',
	options: [
		{
			name: 'Continuously Enforce',
			value: 'continuously_enforce',
			description: 'Install whenever the audit script fails. Requires an Audit Script.',
		},
		{ name: 'Install Once', value: 'install_once', description: 'Install once per device' },
		{
			name: 'No Enforcement',
			value: 'no_enforcement',
			description: 'Let users install it from Self Service',
		},
	],
	default: 'install_once',
	description: 'When to install the app on devices',
	routing: { send: { type: 'body', property: 'install_enforcement' } },
};

export const optionalFields: INodeProperties[] = [
	activeField('Whether the app can be installed'),
	scriptField(
		'Audit Script',
		'auditScript',
		'audit_script',
		'Script to run at each check-in. A non-zero exit code installs the app. Required for Continuously Enforce.',
	),
	scriptField(
		'Postinstall Script',
		'postinstallScript',
		'postinstall_script',
		'Script to run after the installation',
	),
	scriptField(
		'Preinstall Script',
		'preinstallScript',
		'preinstall_script',
		'Script to run before the installation',
	),
	restartField('Whether to restart the Mac after a successful installation'),
	...selfServiceFields,
	{
		displayName: 'Unzip Location',
		name: 'unzipLocation',
		type: 'string' as const,
		default: '',
		placeholder: 'e.g. /Applications',
		description: 'Folder on the Mac to unpack the ZIP file to',
		routing: { send: { type: 'body' as const, property: 'unzip_location' } },
	},
].sort(byDisplayName);
