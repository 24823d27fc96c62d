import type { INodePropertyOptions } from 'n8n-workflow';

const categories = [
	{ name: 'Activation Lock', value: 'activation_lock' },
	{ name: 'Application Firewall', value: 'application_firewall', isExportable: false },
	{ name: 'Apps', value: 'apps' },
	{ name: 'Cellular', value: 'cellular', isExportable: false },
	{ name: 'Certificates', value: 'certificates', isExportable: false },
	{ name: 'Desktop and Screensaver', value: 'desktop_and_screensaver' },
	{ name: 'Device Information', value: 'device_information' },
	{ name: 'FileVault', value: 'filevault', isExportable: false },
	{ name: 'Gatekeeper and XProtect', value: 'gatekeeper_and_xprotect' },
	{ name: 'Installed Profiles', value: 'installed_profiles' },
	{ name: 'Kernel Extensions', value: 'kernel_extensions' },
	{ name: 'Launch Agents and Daemons', value: 'launch_agents_and_daemons' },
	{ name: 'Local Users', value: 'local_users' },
	{ name: 'Startup Settings', value: 'startup_settings' },
	{ name: 'System Extensions', value: 'system_extensions' },
	{ name: 'Transparency Database', value: 'transparency_database' },
];

const asOption = ({ name, value }: INodePropertyOptions): INodePropertyOptions => ({ name, value });

/** All categories of Prism. */
export const categoryOptions: INodePropertyOptions[] = categories.map(asOption);

/** The same, each with the path of its records. */
export const routedCategoryOptions: INodePropertyOptions[] = categories.map((category) => ({
	...asOption(category),
	routing: { request: { url: `/api/v1/prism/${category.value}` } },
}));

/** The categories that the API exports. */
export const exportableCategoryOptions: INodePropertyOptions[] = categories
	.filter(({ isExportable = true }) => isExportable)
	.map(asOption);
