/** Pages of records in the web app, as the first part of their paths. */
export type Page =
	| 'ade-devices'
	| 'blueprints'
	| 'devices'
	| 'integrations'
	| 'library'
	| 'self-service'
	| 'tags'
	| 'users';

const pages: ReadonlySet<string> = new Set<Page>([
	'ade-devices',
	'blueprints',
	'devices',
	'integrations',
	'library',
	'self-service',
	'tags',
	'users',
]);

/** Pages with another part between their own and the ID, such as `/library/custom-scripts/…`. */
const nested: ReadonlySet<Page> = new Set<Page>(['integrations', 'library', 'users']);

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const isUuid = new RegExp(`^${uuid}$`, 'i');

const apiHost = /^([^.]+)\.api(\.eu)?\.(kandji\.io|iru\.com)$/;
const anyWebHost = /^[a-z0-9-]+(?:\.eu)?\.(?:kandji\.io|iru\.com)$/;

/**
 * The hosts of the tenant's web app: under the domain of its API, and under the vendor's other one.
 *
 * @param baseUrl the URL of the API
 * @returns undefined behind a proxy, whose tenant is not known
 */
function webHosts(baseUrl: string): string[] | undefined {
	const [, tenant, region = ''] = apiHost.exec(new URL(baseUrl).hostname) ?? [];
	if (tenant === undefined) return undefined;
	return [`${tenant}${region}.kandji.io`, `${tenant}${region}.iru.com`];
}

/**
 * The web app's URL for a tenant of Kandji's domain, without a slash at the end.
 *
 * @param baseUrl the URL of the API
 * @returns undefined where it is not known, as for Iru's domain
 */
export function webAppUrl(baseUrl: string): string | undefined {
	const [, tenant, region = '', domain] = apiHost.exec(new URL(baseUrl).hostname) ?? [];
	return domain === 'kandji.io' ? `https://${tenant}${region}.${domain}` : undefined;
}

/** Why a text is not the URL of a record's page. */
export type UrlProblem = 'another tenant' | 'no page of this kind' | 'not a URL' | 'several IDs';

function parsed(text: string): URL | undefined {
	if (/[\s\\]/.test(text)) return undefined;
	try {
		const url = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`);
		return url.username === '' && url.password === '' ? url : undefined;
	} catch {
		return undefined;
	}
}

function isOfTenant({ protocol, host, hostname }: URL, baseUrl: string): boolean {
	const api = new URL(baseUrl);
	const hosts = webHosts(baseUrl);
	if (hosts === undefined && protocol === api.protocol && host === api.host) return true;
	// A port would be part of `host`.
	const bare = hostname.replace(/\.$/, '');
	if (protocol !== 'https:' || (host !== hostname && host !== bare)) return false;
	return hosts === undefined ? anyWebHost.test(bare) : hosts.includes(bare);
}

/**
 * The ID of a record in the URL of its page in the web app, from the only place where that page has it:
 * `https://acme.kandji.io/devices/<id>/…`.
 *
 * @param baseUrl the URL of the API, which tells the tenant
 */
export function idInUrl(
	text: string,
	page: Page,
	baseUrl: string,
): { id: string } | { problem: UrlProblem } {
	const url = parsed(text.trim());
	if (url === undefined) return { problem: 'not a URL' };
	if (!isOfTenant(url, baseUrl)) return { problem: 'another tenant' };
	const all = text.match(new RegExp(uuid, 'gi')) ?? [];
	if (new Set(all.map((id) => id.toLowerCase())).size > 1) return { problem: 'several IDs' };
	const parts = url.pathname.split('/').slice(1);
	const place = parts.findIndex((part) => isUuid.test(part));
	const before = parts.slice(0, Math.max(0, place));
	const isPage =
		before.filter((part) => pages.has(part)).join() === page &&
		(nested.has(page) || before.at(-1) === page);
	const id = parts[place];
	return isPage && id !== undefined ? { id } : { problem: 'no page of this kind' };
}
