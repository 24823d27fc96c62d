import type { IAuthenticate, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { regionOptions } from './baseUrl';

export class KandjiApi implements ICredentialType {
	name = 'kandjiApi';

	displayName = 'Kandji API';

	icon: Icon = { light: 'file:../icons/kandji.svg', dark: 'file:../icons/kandji.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-kandji/n8n-nodes-kandji#credential';

	httpRequestNode = {
		name: 'Kandji',
		docsUrl: 'https://api-docs.kandji.io',
		apiBaseUrlPlaceholder: 'https://acme.api.kandji.io/api/v1/',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: regionOptions,
			default: 'us',
			description: 'Region of your tenant, shown in Kandji under Settings › Access',
		},
		{
			displayName: 'Subdomain',
			name: 'subdomain',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. acme',
			description:
				'First part of the URL you sign in at: "acme" for acme.kandji.io. You can also paste the full URL, which sets the region too.',
			displayOptions: { hide: { region: ['custom'] } },
		},
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://proxy.example.com',
			description:
				'URL of a proxy or simulated tenant, without /api/v1. The token is sent to this host.',
			displayOptions: { show: { region: ['custom'] } },
		},
		{
			displayName: 'API Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Create a token in Kandji under Settings › Access › Add API Token. Select at least the "Device list" permission, and those that your workflows need.',
		},
		{
			displayName: 'Read Only',
			name: 'readOnly',
			type: 'boolean',
			default: false,
			description:
				'Whether to refuse every operation that changes something, including Prism exports. Use it for reports and AI agents.',
		},
		{
			displayName: 'Storage Hosts',
			name: 'storageHosts',
			type: 'string',
			default: '',
			placeholder: 'e.g. files.example.com',
			description:
				"Hosts that files may be uploaded to and downloaded from, besides Kandji's own storage (Amazon S3), separated by commas. Needed only if an error asks for it.",
		},
	];

	// An expression would fail in the slower of two overlapping polls of one workflow: n8n releases the workflow's
	// expression engine when the first of them ends.
	authenticate: IAuthenticate = async ({ token }, options) => ({
		...options,
		headers: { ...options.headers, Authorization: `Bearer ${String(token)}` },
	});
}
