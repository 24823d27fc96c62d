/**
 * Whether a signed storage URL may be used. Storage is another company's host, so only https keeps the file
 * private on its way; plain http is allowed on loopback.
 */
export function isSafeStorageUrl(url: unknown): boolean {
	if (typeof url !== 'string' || !URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	const isLoopback = /^(127(\.\d+){3}|localhost|\[::1\])$/.test(hostname);
	return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}

/** The message in an XML response of storage. The rest is never shown, since it can repeat the signed fields. */
export const storageText = (body: unknown): string =>
	/<Message>([^<]{1,300})<\/Message>/.exec(String(body))?.[1] ?? '';
