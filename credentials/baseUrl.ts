import type { ICredentialDataDecryptedObject, INodePropertyOptions } from 'n8n-workflow';

/**
 * The API's hosts by region. The token is sent only to `<subdomain>.<host>`, unless the region is `custom`.
 * Kandji was renamed to Iru in 2025; its own tools accept both names.
 */
export const regionHosts = {
	us: 'api.kandji.io',
	eu: 'api.eu.kandji.io',
	iruUs: 'api.iru.com',
	iruEu: 'api.eu.iru.com',
} as const;

/** Options of the credential's Region field. */
export const regionOptions: INodePropertyOptions[] = [
	{ name: 'Custom', value: 'custom', description: 'A proxy or a simulated tenant' },
	{ name: 'EU (Iru)', value: 'iruEu', description: regionHosts.iruEu },
	{ name: 'EU (Kandji)', value: 'eu', description: regionHosts.eu },
	{ name: 'US (Iru)', value: 'iruUs', description: regionHosts.iruUs },
	{ name: 'US (Kandji)', value: 'us', description: regionHosts.us },
];

const knownRegion = new RegExp(`^(?:${Object.keys(regionHosts).join('|')})$`);

/** One DNS label, in any form that users paste: bare, with the vendor's domain, or in a full URL. */
const subdomainForm =
	/^\s*(?:https?:\/\/)?([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.api)?(?:(?:\.eu)?\.(?:kandji\.io|iru\.com))?(?:\/[\w./-]*)?\s*$/i;

/** https anywhere, plain http on loopback only. A path may follow; `/api/v1` at its end is dropped. */
const customUrlForm =
	/^\s*((?:https:\/\/[a-z0-9][\w.-]*|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]))(?::\d{1,5})?(?:\/[\w.~-]+)*?)(?:\/api(?:\/v\d)?)?\/*\s*$/i;

/** The URL that n8n's credential test calls for invalid fields; `.invalid` never resolves (RFC 6761). */
const unusableUrl = 'https://check-subdomain-and-region.invalid';

/**
 * The same rule as {@link getBaseUrl}, as the n8n expression that the node's `requestDefaults` and the
 * credential's test need.
 */
export const baseUrlExpression = `={{ $credentials.region === 'custom' ? (${customUrlForm}.exec($credentials.apiUrl ?? '') ?? [])[1] ?? '${unusableUrl}' : ${knownRegion}.test($credentials.region) && ${subdomainForm}.test($credentials.subdomain ?? '') ? 'https://' + ${subdomainForm}.exec($credentials.subdomain)[1].toLowerCase() + '.' + (${JSON.stringify(regionHosts)})[$credentials.region] : '${unusableUrl}' }}`;

/** An invalid credential: `message` names the field, `description` says what to enter. */
export class CredentialFieldError extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

/**
 * The API's base URL for a credential, without a trailing slash and without `/api/v1`.
 *
 * @throws CredentialFieldError when a field is empty, or names a host that the token must not be sent to
 */
export function getBaseUrl(credentials: ICredentialDataDecryptedObject): string {
	if (credentials.region === 'custom') {
		const url = customUrlForm.exec(String(credentials.apiUrl ?? ''))?.[1];
		if (url === undefined) {
			throw new CredentialFieldError(
				'API URL in the credential is invalid',
				'Enter a URL such as https://proxy.example.com. Plain http is allowed for localhost only. User names, queries and fragments are not allowed.',
			);
		}
		return url;
	}
	const label = subdomainForm.exec(String(credentials.subdomain ?? ''))?.[1];
	if (label === undefined) {
		throw new CredentialFieldError(
			'Subdomain in the credential is invalid',
			'Enter the first part of the URL you sign in at. For https://acme.kandji.io, enter acme.',
		);
	}
	const region = String(credentials.region);
	if (!knownRegion.test(region)) {
		throw new CredentialFieldError(
			'Region in the credential is not set',
			'Select the region shown in Kandji under Settings › Access › API token.',
		);
	}
	return `https://${label.toLowerCase()}.${regionHosts[region as keyof typeof regionHosts]}`;
}

/**
 * Checks that the token can be sent in a header.
 *
 * @throws CredentialFieldError when the token is empty, or contains a space, line break or control character
 */
export function checkToken(credentials: ICredentialDataDecryptedObject): void {
	const token = String(credentials.token ?? '');
	if (token === '') {
		throw new CredentialFieldError(
			'API Token in the credential is empty',
			'Create a token in Kandji under Settings › Access › Add API Token, and paste it into the credential.',
		);
	}
	if (!/^[\x21-\x7e]+$/.test(token)) {
		throw new CredentialFieldError(
			'API Token in the credential contains a space, a line break or another invalid character',
			'Copy the token again from Kandji under Settings › Access, and paste it without anything before or after it.',
		);
	}
}
