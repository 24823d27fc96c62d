import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import {
	runNode,
	type KandjiCredential,
	type NodeResult,
	type RunNodeOptions,
} from '../../simulator/engine/engine';
import { startTenant, type Tenant, type TenantOptions } from '../../simulator/tenant/index';

/** A locator by ID. */
export const byId = (value: unknown): INodeParameters => ({
	__rl: true,
	mode: 'id',
	value: String(value),
});

/** An item that carries a file in the field `data`. */
export const itemWithFile = (fileName: string, bytes: Buffer): INodeExecutionData => ({
	json: {},
	binary: {
		data: { data: bytes.toString('base64'), fileName, mimeType: 'application/octet-stream' },
	},
});

/** Runs operations of one resource against its own tenant, which is reset before each test. */
export function onTenant(resource: string, options: TenantOptions = {}) {
	let tenant: Tenant | undefined;
	let credential: KandjiCredential = {};
	beforeAll(async () => {
		tenant = await startTenant({ devices: 40, ...options });
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => tenant?.reset());
	afterAll(async () => await tenant?.close());

	const run = async (
		operation: string,
		parameters: INodeParameters = {},
		more: Partial<RunNodeOptions> = {},
	): Promise<NodeResult> =>
		await runNode({ resource, operation, ...parameters }, { credential, ...more });
	return {
		get tenant(): Tenant {
			if (tenant === undefined) throw new Error('The tenant runs only while the tests run');
			return tenant;
		},
		run,
		/** The items' JSON of a run that must succeed. */
		async json(
			operation: string,
			parameters?: INodeParameters,
			more?: Partial<RunNodeOptions>,
		): Promise<IDataObject[]> {
			const { items, error } = await run(operation, parameters, more);
			expect(error).toBeUndefined();
			return items.map((item) => item.json);
		},
	};
}
