import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { getBaseUrl } from '../../../credentials/baseUrl';

/**
 * Makes the addresses of a record's page in the web app, for the pages whose form is known.
 *
 * @returns undefined for hosts whose web app is elsewhere, or not known
 */
export async function webApp(
	context: ILoadOptionsFunctions,
): Promise<(page: 'blueprints' | 'devices', id: unknown) => string | undefined> {
	const api = getBaseUrl(await context.getCredentials('kandjiApi'));
	const host = /^https:\/\/([^./]+)\.api((?:\.eu)?\.kandji\.io)$/.exec(api);
	return (page, id) => (host ? `https://${host[1]}${host[2]}/${page}/${String(id)}` : undefined);
}
