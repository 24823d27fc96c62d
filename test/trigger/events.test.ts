import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { KandjiTrigger } from '../../nodes/Kandji/KandjiTrigger.node';
import { createNodeWorkflow, withIsolate } from '../../simulator/engine/nodeWorkflow';

const { properties, subtitle } = new KandjiTrigger().description;

const field = (name: string): INodeProperties =>
	properties.find((property) => property.name === name)!;

const optionsOf = (name: string) => field(name).options as INodePropertyOptions[];

describe('the trigger’s fields', () => {
	it('offer every event by name, with a description', () => {
		expect(optionsOf('events').map(({ name, value }) => `${name}: ${value}`)).toEqual([
			'Audit Event: auditEvent',
			'Behavioral Detection: behavioralDetection',
			'Blueprint Routing Activity: blueprintRoutingActivity',
			'Device Changed: deviceChanged',
			'Device Checked In: deviceCheckedIn',
			'Device Enrolled: deviceEnrolled',
			'Device Not Seen: deviceNotSeen',
			'Device Re-Enrolled: deviceReEnrolled',
			'Device Removed: deviceRemoved',
			'Threat Detected: threatDetected',
			'Vulnerability Detected: vulnerabilityDetected',
		]);
		for (const { description } of optionsOf('events')) expect(description).toMatch(/^[A-Z].+[^.]$/);
	});

	it('offer every field of a device that can be watched, and watch all by default', () => {
		const options = optionsOf('watchFields').map(({ name, value }) => `${name}: ${value}`);
		expect(options).toEqual([
			'Agent Version: agent_version',
			'Asset Tag: asset_tag',
			'Blueprint: blueprint_id',
			'Lost Mode: lost_mode_status',
			'Missing: is_missing',
			'Name: device_name',
			'OS Version: os_version',
			'Removed: is_removed',
			'Tags: tags',
			'User: user',
		]);
		const values = optionsOf('watchFields').map(({ value }) => value);
		expect(new Set(field('watchFields').default as string[])).toEqual(new Set(values));
	});

	it('offer Simplify for every event with a long record', () => {
		expect(field('simplify').displayOptions?.show?.events).toEqual(
			expect.not.arrayContaining(['auditEvent', 'blueprintRoutingActivity', 'deviceRemoved']),
		);
		expect(field('simplify').displayOptions?.show?.events).toHaveLength(8);
	});
});

it.each([
	[['deviceReEnrolled', 'threatDetected'], 'Device Re-Enrolled, Threat Detected'],
	[['unknown'], 'unknown'],
])('the subtitle of %p is "%s"', async (events, expected) => {
	const credential = { region: 'custom', apiUrl: 'http://127.0.0.1', token: '' } as const;
	const { workflow, node } = await createNodeWorkflow('kandjiTrigger', { events }, credential);
	const text = await withIsolate(workflow, async () =>
		workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {}),
	);
	expect(text).toBe(expected);
});
