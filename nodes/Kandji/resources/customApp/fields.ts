import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { selfServiceCategoryLocator } from '../../shared/fields/locators';
import type { Need } from '../../shared/preSend/requiredFields';
import { selfServiceNeed } from '../../shared/preSend/requiredFields';

/** What the API asks of an app's settings beyond each field by itself. */
export const customAppNeeds: Need[] = [
	{
		key: 'install_enforcement',
		value: 'continuously_enforce',
		setting: 'Install Enforcement Continuously Enforce',
		needs: 'audit_script',
		needsDisplayName: 'Audit Script',
	},
	{
		key: 'install_type',
		value: 'zip',
		setting: 'Install Type ZIP File',
		needs: 'unzip_location',
		needsDisplayName: 'Unzip Location',
	},
	selfServiceNeed,
];

/** What kind of file the app comes in. */
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
			description: 'A .zip file that is unpacked; needs an Unzip Location',
		},
	],
	default: 'package',
	description: 'What kind of file the app comes in',
	routing: { send: { type: 'body', property: 'install_type' } },
};

/** When the app is installed. */
export const installEnforcement: INodeProperties = {
	displayName: 'Install Enforcement',
	name: 'installEnforcement',
	type: 'options',
	options: [
		{
			name: 'Continuously Enforce',
			value: 'continuously_enforce',
			description: 'Again whenever the audit script says so; needs an Audit Script',
		},
		{ name: 'Install Once', value: 'install_once', description: 'Once on each device' },
		{
			name: 'No Enforcement',
			value: 'no_enforcement',
			description: 'Only when a user installs it from Self Service',
		},
	],
	default: 'install_once',
	description: 'When the app is installed on devices',
	routing: { send: { type: 'body', property: 'install_enforcement' } },
};

/** The fields of an app that may be left out when it is created. */
export const optionalFields: INodeProperties[] = [
	{
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description: 'Whether the app can be installed',
		routing: { send: { type: 'body', property: 'active' } },
	},
	{
		displayName: 'Audit Script',
		name: 'auditScript',
		type: 'string',
		typeOptions: { rows: 5 },
		default: '',
		placeholder: 'e.g. #!/bin/zsh',
		description:
			'Runs at each check-in; an exit code other than 0 installs the app. Continuously Enforce needs it.',
		routing: { send: { type: 'body', property: 'audit_script' } },
	},
	{
		displayName: 'Postinstall Script',
		name: 'postinstallScript',
		type: 'string',
		typeOptions: { rows: 5 },
		default: '',
		placeholder: 'e.g. #!/bin/zsh',
		description: 'Runs after the app is installed',
		routing: { send: { type: 'body', property: 'postinstall_script' } },
	},
	{
		displayName: 'Preinstall Script',
		name: 'preinstallScript',
		type: 'string',
		typeOptions: { rows: 5 },
		default: '',
		placeholder: 'e.g. #!/bin/zsh',
		description: 'Runs before the app is installed',
		routing: { send: { type: 'body', property: 'preinstall_script' } },
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
		displayName: 'Restart',
		name: 'restart',
		type: 'boolean',
		default: false,
		description: 'Whether the Mac restarts after a successful installation',
		routing: { send: { type: 'body', property: 'restart' } },
	},
	selfServiceCategoryLocator(undefined, { required: false }),
	{
		displayName: 'Show in Self Service',
		name: 'showInSelfService',
		type: 'boolean',
		default: false,
		description: 'Whether users can install it from Self Service; needs a Self Service Category',
		routing: { send: { type: 'body', property: 'show_in_self_service' } },
	},
	{
		displayName: 'Unzip Location',
		name: 'unzipLocation',
		type: 'string',
		default: '',
		placeholder: 'e.g. /Applications',
		description: 'Folder on the Mac that a ZIP file is unpacked to',
		routing: { send: { type: 'body', property: 'unzip_location' } },
	},
];

/** The fields of an app that people use. */
export const simplifiedApp = (record: IDataObject): IDataObject => ({
	id: record.id,
	name: record.name,
	active: record.active,
	install_type: record.install_type,
	install_enforcement: record.install_enforcement,
	show_in_self_service: record.show_in_self_service ?? null,
	file_url: record.file_url,
	file_size: record.file_size,
	sha256: record.sha256 || null,
	file_updated: record.file_updated || null,
	updated_at: record.updated_at,
});
