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

/**
 * A tenant's name, or its address in any form that users paste: that of the web app or the API, of today or of before
 * 2022 (`clients`), bare or in a full URL. The second group is what follows the tenant's name.
 */
const subdomainForm =
	/^\s*(?:https?:\/\/)?(?!(?:api|app|clients|eu|www|web)\.)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.api)?(?:\.((?:eu\.)?(?:kandji\.io|iru\.com)|clients\.(?:us-1|eu)\.kandji\.io))?\.?(?:\/[\w./-]*)?\s*$/i;

/** The region of an address, by what follows the tenant's name. */
const regionsByAddress = {
	'kandji.io': 'us',
	'eu.kandji.io': 'eu',
	'iru.com': 'iruUs',
	'eu.iru.com': 'iruEu',
	'clients.us-1.kandji.io': 'us',
	'clients.eu.kandji.io': 'eu',
} as const;

/** The region that the credential has when nobody chose one; only this one gives way to a pasted address. */
const defaultRegion = 'us';

/** https anywhere, plain http on loopback only. A path may follow, without dot segments; `/api/v1` at its end is dropped. */
const customUrlForm =
	/^\s*((?:https:\/\/[a-z0-9][\w.-]*|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]))(?::\d{1,5})?(?:\/(?!\.{1,2}(?:\/|\s*$))[\w.~-]+)*?)(?:\/api(?:\/v\d)?)?\/*\s*$/i;

/** An invalid credential: `message` names the field, `description` says what to enter. */
export class CredentialFieldError extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

type Region = keyof typeof regionHosts;

const isRegion = (text: string): text is Region => knownRegion.test(text);

const nameOfRegion = (region: Region): string =>
	regionOptions.find(({ value }) => value === region)?.name ?? region;

const addressRegion = (address: string | undefined): Region | undefined =>
	regionsByAddress[address?.toLowerCase() as keyof typeof regionsByAddress];

/**
 * The API's base URL for a credential, without a trailing slash and without `/api/v1`. An address that was pasted as
 * Subdomain decides the host, unless another region than the default is chosen: then both must agree, since the same
 * name may be another company's tenant elsewhere.
 *
 * @throws CredentialFieldError when a field is empty, or names a host that the token must not be sent to
 */
export function getBaseUrl(credentials: ICredentialDataDecryptedObject): string {
	if (credentials.region === 'custom') {
		const url = customUrlForm.exec(String(credentials.apiUrl ?? ''))?.[1];
		if (url === undefined || !URL.canParse(url)) {
			throw new CredentialFieldError(
				'API URL in the credential is invalid',
				'Enter a URL such as https://proxy.example.com. Plain http is allowed for localhost only. User names, dot segments, queries and fragments are not allowed.',
			);
		}
		return url;
	}
	const [, label, address] = subdomainForm.exec(String(credentials.subdomain ?? '')) ?? [];
	if (label === undefined) {
		throw new CredentialFieldError(
			'Subdomain in the credential is invalid',
			'Enter the first part of the URL you sign in at. For https://acme.kandji.io, enter acme.',
		);
	}
	const chosen = String(credentials.region);
	if (!isRegion(chosen)) {
		throw new CredentialFieldError(
			'Region in the credential is not set',
			'Select the region shown in Kandji under Settings › Access › API token.',
		);
	}
	const region = addressRegion(address) ?? chosen;
	if (region !== chosen && chosen !== defaultRegion) {
		throw new CredentialFieldError(
			'Region in the credential does not match the address in Subdomain',
			`Subdomain is an address of the region ${nameOfRegion(region)}, but Region is ${nameOfRegion(chosen)}. The token was sent nowhere. Select the right region, or enter only the first part of the address.`,
		);
	}
	return `https://${label.toLowerCase()}.${regionHosts[region]}`;
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
