import { Workflow, type INodeParameters, type INodeTypes } from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { contractCases } from '../contract/cases/index';
import { operationsOf } from './description';

const node = new Kandji();
const { description } = node;

describe('the subtitle on the canvas', () => {
	/** What the editor shows, which evaluates the expression with the node's parameters only. */
	const subtitleOf = (parameters: INodeParameters): unknown => {
		const nodeTypes = { getByNameAndVersion: () => node } as unknown as INodeTypes;
		const onCanvas = {
			id: '1',
			name: 'Kandji',
			type: 'kandji',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters,
		};
		const workflow = new Workflow({
			nodes: [onCanvas],
			connections: {},
			active: false,
			nodeTypes,
		});
		return workflow.expression.getSimpleParameterValue(
			onCanvas,
			description.subtitle,
			'internal',
			{},
		);
	};

	it.each(
		operationsOf(description).map(
			({ resource, operation, parameters }) =>
				[`${operation.name}: ${resource.name}`, parameters] as const,
		),
	)('%s', (names, parameters) => {
		expect(subtitleOf(parameters)).toBe(names);
	});
});

describe('the secrets in outputs', () => {
	const withSecrets = contractCases.filter(
		({ operation }) =>
			operation.startsWith('deviceSecret.') ||
			['deviceAction.lock', 'user.offboard'].includes(operation),
	);
	const secret = /"\d{6}"|"[A-Z0-9]{4,5}(-[A-Z0-9]{4,5}){3,}"/;

	/** What n8n keeps of an item: the fields of `sensitiveOutputFields` are gone. */
	const kept = (item: unknown): string =>
		JSON.stringify(item, (name, value: unknown) =>
			description.sensitiveOutputFields?.some((path) => path.split('.').at(-1) === name)
				? undefined
				: value,
		);

	it('are all named as sensitive, so that n8n keeps none of them', () => {
		const items = withSecrets.flatMap((row) => row.items);
		expect(items.filter((item) => secret.test(JSON.stringify(item)))).toHaveLength(11);
		expect(items.filter((item) => secret.test(kept(item)))).toEqual([]);
		expect(description.sensitiveOutputFields).toEqual([
			'PIN',
			'device_based_albc',
			'key',
			'pin',
			'recovery_password',
			'user_based_albc',
		]);
	});
});
