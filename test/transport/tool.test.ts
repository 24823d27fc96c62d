import { SupplyDataContext } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	NodeConnectionTypes,
	type IDataObject,
	type INodeParameters,
} from 'n8n-workflow';

import { createNodeWorkflow, withIsolate } from '../../simulator/engine/nodeWorkflow';
import { useTestTenant, writes } from './support';

describe("the node as an AI agent's tool", () => {
	const testTenant = useTestTenant({ devices: 30 });

	/** Calls of the tool as n8n makes them: each has an input of its own, the execute data is the agent's. */
	async function callTool(
		calls: IDataObject[],
		more: INodeParameters = {},
	): Promise<Array<PromiseSettledResult<unknown>>> {
		const { workflow, node, nodeType, additionalData } = await createNodeWorkflow(
			'kandji',
			{
				resource: 'deviceAction',
				operation: 'erase',
				deviceId: { mode: 'id', value: '={{ $json.device_id }}', __rl: true },
				checkSerialNumber: true,
				confirmSerialNumber: '={{ $json.serial_number }}',
				...more,
			},
			testTenant.current.credential,
		);
		const executeData = { node, data: { main: [[{ json: {} }, { json: {} }]] }, source: null };
		return await withIsolate(workflow, async () => {
			return await Promise.allSettled(
				calls.map(async (json, index) => {
					const context = new SupplyDataContext(
						workflow,
						node,
						additionalData,
						'manual',
						createEmptyRunExecutionData(),
						index,
						[{ json }],
						{},
						NodeConnectionTypes.AiTool,
						executeData,
						[],
					);
					context.addInputData(NodeConnectionTypes.AiTool, [[{ json }]]);
					return await nodeType.execute?.call(context as never);
				}),
			);
		});
	}

	it('writes, whatever the number of items that the agent works on', async () => {
		const [device] = testTenant.current.devices(1);
		const { device_id, serial_number } = device!;
		const [outcome] = await callTool([{ device_id, serial_number }]);
		expect(outcome).toMatchObject({
			status: 'fulfilled',
			value: [[{ json: { success: true, device_id }, pairedItem: { item: 0 } }]],
		});
	});

	it('refuses the wrong one of two calls at the same time, and only that', async () => {
		const [one, other] = testTenant.current.devices(2);
		const [right, wrong] = await callTool([
			{ device_id: one!.device_id, serial_number: one!.serial_number },
			{ device_id: other!.device_id, serial_number: one!.serial_number },
		]);
		expect(right?.status).toBe('fulfilled');
		expect(wrong).toMatchObject({
			status: 'rejected',
			reason: { message: expect.stringMatching(/^Confirm Serial Number does not match/) },
		});
		expect(writes(testTenant.current.tenant).map(({ url }) => url)).toEqual([
			`/api/v1/devices/${one!.device_id}/action/erase`,
		]);
	});

	it.each(['flase', 1, '', null, [true]])('refuses %j for Dry Run', async (dryRun) => {
		const [device] = testTenant.current.devices(1);
		const { device_id, serial_number } = device!;
		const [outcome] = await callTool([{ device_id, serial_number, dryRun }], {
			dryRun: '={{ $json.dryRun }}',
		});
		expect(outcome).toMatchObject({
			status: 'rejected',
			reason: { message: expect.stringMatching(/^Dry Run (must be true or false|is empty)/) },
		});
		expect(writes(testTenant.current.tenant)).toEqual([]);
	});
});
