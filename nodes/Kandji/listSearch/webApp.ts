import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { getBaseUrl } from '../../../credentials/baseUrl';
import { webAppUrl } from '../transport/routing/webApp';

/**
 * Makes the URLs of records in the web app.
 *
 * @returns a function that returns undefined when the URL of the web app is not known from that of the API
 */
export async function webApp(
	context: ILoadOptionsFunctions,
): Promise<(page: 'blueprints' | 'devices', id: unknown) => string | undefined> {
	const url = webAppUrl(getBaseUrl(await context.getCredentials('kandjiApi')));
	return (page, id) => (url === undefined ? undefined : `${url}/${page}/${String(id)}`);
}
