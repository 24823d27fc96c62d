import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { getBaseUrl } from '../../../credentials/baseUrl';

/**
 * Makes the URLs of records in the web app.
 *
 * @returns a function that returns undefined when the URL of the web app is not known from that of the API
 */
export async function webApp(
	context: ILoadOptionsFunctions,
): Promise<(page: 'blueprints' | 'devices', id: unknown) => string | undefined> {
	const api = getBaseUrl(await context.getCredentials('kandjiApi'));
	const host = /^https:\/\/([^./]+)\.api((?:\.eu)?\.kandji\.io)$/.exec(api);
	return (page, id) => (host ? `https://${host[1]}${host[2]}/${page}/${String(id)}` : undefined);
}
