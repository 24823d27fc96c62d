import type { ICredentialDataDecryptedObject, INodePropertyOptions } from 'n8n-workflow';

/**
 * The API's hosts by region. The token is sent to `<subdomain>.<host>` and nowhere else, unless the
 * region is `custom`. Kandji was renamed Iru in 2025; its own tools accept both names.
 */
export const regionHosts = {
	us: 'api.kandji.io',
	eu: 'api.eu.kandji.io',
	iruUs: 'api.iru.com',
	iruEu: 'api.eu.iru.com',
} as const;

/** Options of the credential's Region field, in the order of {@link regionHosts}, then Custom. */
export const regionOptions: INodePropertyOptions[] = [
	{ name: 'Custom', value: 'custom', description: 'A proxy or a simulated tenant' },
	{ name: 'EU (Iru)', value: 'iruEu', description: regionHosts.iruEu },
	{ name: 'EU (Kandji)', value: 'eu', description: regionHosts.eu },
	{ name: 'US (Iru)', value: 'iruUs', description: regionHosts.iruUs },
	{ name: 'US (Kandji)', value: 'us', description: regionHosts.us },
];

const knownRegion = new RegExp(`^(?:${Object.keys(regionHosts).join('|')})$`);

/** One DNS label, in any of the forms that people paste: bare, with the vendor's suffix, or a whole API address. */
const subdomainForm =
	/^\s*(?:https?:\/\/)?([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.api)?(?:(?:\.eu)?\.(?:kandji\.io|iru\.com))?(?:\/[\w./-]*)?\s*$/i;

/** https anywhere, plain http on loopback only; a path may follow, `/api/v1` at its end is dropped. */
const customUrlForm =
	/^\s*((?:https:\/\/[a-z0-9][\w.-]*|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]))(?::\d{1,5})?(?:\/[\w.~-]+)*?)(?:\/api(?:\/v\d)?)?\/*\s*$/i;

/** What n8n's credential test calls when the fields cannot be used; `.invalid` never resolves (RFC 6761). */
const unusableUrl = 'https://check-subdomain-and-region.invalid';

/**
 * The same rule as {@link getBaseUrl}, as the n8n expression that the node's `requestDefaults` and the
 * credential's test need.
 */
export const baseUrlExpression = `={{ $credentials.region === 'custom' ? (${customUrlForm}.exec($credentials.apiUrl ?? '') ?? [])[1] ?? '${unusableUrl}' : ${knownRegion}.test($credentials.region) && ${subdomainForm}.test($credentials.subdomain ?? '') ? 'https://' + ${subdomainForm}.exec($credentials.subdomain)[1].toLowerCase() + '.' + (${JSON.stringify(regionHosts)})[$credentials.region] : '${unusableUrl}' }}`;

/** A credential that cannot be used: `message` names the field, `description` says what to enter. */
export class CredentialFieldError extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

/**
 * Where the API of the credential's tenant is, without a trailing slash and without `/api/v1`.
 *
 * @throws CredentialFieldError when a field is empty or does not name a host that the token may go to
 */
export function getBaseUrl(credentials: ICredentialDataDecryptedObject): string {
	if (credentials.region === 'custom') {
		const url = customUrlForm.exec(String(credentials.apiUrl ?? ''))?.[1];
		if (url === undefined) {
			throw new CredentialFieldError(
				"The credential's API URL is not usable",
				'Enter an address such as https://proxy.example.com. Plain http works for localhost only; user names, queries and fragments are not allowed.',
			);
		}
		return url;
	}
	const label = subdomainForm.exec(String(credentials.subdomain ?? ''))?.[1];
	if (label === undefined) {
		throw new CredentialFieldError(
			"The credential's Subdomain is not usable",
			'Enter only the first part of the address you sign in at: for https://acme.kandji.io enter acme.',
		);
	}
	const region = String(credentials.region);
	if (!knownRegion.test(region)) {
		throw new CredentialFieldError(
			"The credential's Region is not set",
			'Choose the region shown in Kandji under Settings › Access › API token.',
		);
	}
	return `https://${label.toLowerCase()}.${regionHosts[region as keyof typeof regionHosts]}`;
}

/**
 * Refuses a token that cannot be sent in a header, before it reaches one.
 *
 * @throws CredentialFieldError when the token is empty, or holds a space, line break or control character
 */
export function checkToken(credentials: ICredentialDataDecryptedObject): void {
	const token = String(credentials.token ?? '');
	if (token === '') {
		throw new CredentialFieldError(
			"The credential's API Token is empty",
			'Create a token in Kandji under Settings › Access › Add API Token and paste it into the credential.',
		);
	}
	if (!/^[\x21-\x7e]+$/.test(token)) {
		throw new CredentialFieldError(
			"The credential's API Token contains a space, a line break or another character that a token never has",
			'Copy the token again from Kandji › Settings › Access and paste it without anything before or after it.',
		);
	}
}
