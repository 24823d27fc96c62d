import type { INode, INodeParameters } from 'n8n-workflow';

import type { N8nClient } from '../../../scripts/n8n/client';
import type { StoredCredential } from '../../../scripts/n8n/types';
import { startTenant, type Tenant, type TenantOptions } from '../../../simulator/tenant';
import { sharedClient } from './shared';
import type { NewNode } from './workflow';

/** A tenant of the test file's own, and a client of an n8n that knows its credential. */
export interface Kandji {
	tenant: Tenant;
	client: N8nClient;
	credential: StoredCredential;
	/** A Kandji node with the credential; `parameters` says what differs from the defaults. */
	node(name: string, parameters: INodeParameters, settings?: Partial<INode>): NewNode;
}

/** What the credential's form holds for a tenant. */
export const credentialData = ({ url, token }: Tenant) => ({
	region: 'custom',
	apiUrl: url,
	token,
});

/**
 * Starts a tenant and adds its credential to n8n; close the tenant after use.
 * @param credentialName what the editor shows of it; it names the tenant otherwise
 */
export async function startKandji(
	options: TenantOptions = {},
	client = sharedClient(),
	credentialName?: string,
): Promise<Kandji> {
	const tenant = await startTenant(options);
	const credential = await client.createCredential({
		name: credentialName ?? `Tenant ${tenant.url}`,
		type: 'kandjiApi',
		data: credentialData(tenant),
	});
	const { id, name } = credential;
	return {
		tenant,
		client,
		credential,
		node: (nodeName, parameters, settings) => ({
			name: nodeName,
			type: 'n8n-nodes-kandji.kandji',
			parameters,
			credentials: { kandjiApi: { id, name } },
			...settings,
		}),
	};
}

/**
 * Most requests that may arrive within a second. What starts at 50 per second arrives with up to 200 ms more or less of
 * delay, since this process and n8n's are busy with other work too; a fake clock shows elsewhere that no more than 50 start.
 */
export const mostArrivalsPerSecond = 50 * 1.2;
