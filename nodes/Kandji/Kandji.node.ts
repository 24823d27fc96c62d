import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { baseUrlExpression } from '../../credentials/baseUrl';
import { deviceDescription } from './resources/device/index';
import { deviceActionDescription } from './resources/deviceAction/index';
import { dryRun } from './shared/dryRun';
import { once } from './transport/once';
import { takeTurn } from './transport/turns';

const resources = [...deviceDescription, ...deviceActionDescription];

export class Kandji implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kandji',
		name: 'kandji',
		icon: { light: 'file:../../icons/kandji.svg', dark: 'file:../../icons/kandji.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Manage Apple, Windows and Android devices with Kandji (Iru): read inventory and compliance, send MDM commands, manage blueprints, users and tags',
		defaults: { name: 'Kandji' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kandjiApi', required: true }],
		requestDefaults: {
			baseURL: baseUrlExpression,
		},
		requestOperations: { pagination: once },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				// Every request of the node goes through transport: in turn, in pace, with its own errors.
				routing: { send: { paginate: true, preSend: [takeTurn] } },
				options: [
					{ name: 'Device', value: 'device' },
					{ name: 'Device Action', value: 'deviceAction' },
				],
				default: 'device',
			},
			...resources,
			dryRun(resources),
		],
	};
}
