/**
 * Whether a signed address of storage may be used. Storage is another company's host: https, so that nobody reads
 * the file on its way; http on loopback only.
 */
export function isSafeStorageUrl(url: unknown): boolean {
	if (typeof url !== 'string' || !URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	const isLoopback = /^(127(\.\d+){3}|localhost|\[::1\])$/.test(hostname);
	return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}

/** What storage says in its XML; anything else is not shown, since it can repeat the signed fields. */
export const storageText = (body: unknown): string =>
	/<Message>([^<]{1,300})<\/Message>/.exec(String(body))?.[1] ?? '';
