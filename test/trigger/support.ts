import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { KandjiCredential } from '../../simulator/engine/credentials';
import type { Tenant } from '../../simulator/tenant/index';

/** The credential that reaches a simulated tenant. */
export const credentialOf = ({ url, token }: Tenant): KandjiCredential => ({
	region: 'custom',
	apiUrl: url,
	token,
});

/** The items of a poll as "event id-of-the-record", sorted. */
export const eventKeys = (items: INodeExecutionData[] | null): string[] =>
	(items ?? [])
		.map(({ json }) => `${String(json.event)} ${String(json.device_id ?? json.id)}`)
		.sort();

/** The event ids of a poll's items. */
export const eventIds = (items: INodeExecutionData[] | null): string[] =>
	(items ?? []).map(({ json }) => String(json.event_id));

/** Bytes of static data as n8n stores it. */
export const storedBytes = (staticData: IDataObject): number =>
	Buffer.byteLength(JSON.stringify(staticData));
