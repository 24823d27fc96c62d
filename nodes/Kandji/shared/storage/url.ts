import type { ICredentialDataDecryptedObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { getBaseUrl } from '../../../../credentials/baseUrl';
import { credentialsOf } from '../../transport/http/request';
import { entriesOf } from '../fields/commaList';

/**
 * Hosts of the vendor's file storage: its own domains, and Amazon S3 (the vendor's examples) without S3's private
 * endpoints. All of them resolve to public addresses only.
 */
const vendorStorage =
	/^(?:(?:[a-z0-9-]+\.)+(?:kandji\.io|iru\.com)|(?:[a-z0-9.-]+\.)?s3(?:-(?!website)[a-z0-9-]+)?(?:\.dualstack)?(?:\.[a-z]{2}(?:-[a-z]+)+-\d{1,2})?\.amazonaws\.com(?:\.cn)?)$/;

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host is an entry of the credential's Storage Hosts: `files.example.com`, `files.example.com:8443`, `*.example.com`. */
function isAllowed(
	{ hostname, host }: URL,
	{ storageHosts }: ICredentialDataDecryptedObject,
): boolean {
	return entriesOf(storageHosts).some((entry) => {
		const allowed = entry.toLowerCase();
		return allowed.startsWith('*.')
			? hostname.endsWith(allowed.slice(1)) && host === hostname
			: host === allowed;
	});
}

/**
 * The signed URL of a file in storage, if n8n may go there. The URL is the tenant's word: with any host, a tenant could
 * make n8n call the inside of its network. Names are not resolved here, so only known hosts are accepted: those of the
 * vendor's storage and of the credential's Storage Hosts, over https and the usual port, and the credential's own host;
 * for a credential of this machine, such as a simulated tenant, any port of this machine.
 *
 * @returns undefined for any other URL
 */
export function storageUrl(
	text: unknown,
	credentials: ICredentialDataDecryptedObject,
): string | undefined {
	if (typeof text !== 'string' || !URL.canParse(text)) return undefined;
	const url = new URL(text);
	if (url.username !== '' || url.password !== '') return undefined;
	const own = new URL(getBaseUrl(credentials));
	if (loopback.test(own.hostname) && loopback.test(url.hostname)) {
		return /^https?:$/.test(url.protocol) ? url.href : undefined;
	}
	if (url.protocol !== 'https:') return undefined;
	const isVendor = url.port === '' && vendorStorage.test(url.hostname);
	return isVendor || url.host === own.host || isAllowed(url, credentials) ? url.href : undefined;
}

/** What to do about a URL that {@link storageUrl} refuses. It names the host only, since the URL is signed. */
export function unsafeUrlHint(text: unknown): string {
	const host = typeof text === 'string' && URL.canParse(text) ? new URL(text).host : '';
	return `Nothing was sent to ${host === '' ? 'it' : host.slice(0, 100)}, because it is not Kandji's file storage. If it is storage that you trust, add its host to Storage Hosts in the credential.`;
}

/** The item's {@link storageUrl}. */
export const storageUrlOf = async (
	context: IExecuteSingleFunctions,
	text: unknown,
): Promise<string | undefined> => storageUrl(text, await credentialsOf(context));

/** The message in an XML response of storage. The rest is never shown, since it can repeat the signed fields. */
export const storageText = (body: unknown): string =>
	/<Message>([^<]{1,300})<\/Message>/.exec(String(body))?.[1] ?? '';
