import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { redacted } from '../../nodes/Kandji/transport/routing/redaction';
import { contractCases } from '../contract/cases/index';
import { answeredBy, documentedAnswers } from '../contract/documented';
import { displayed, operationsOf, withDefaults } from './description';

const description = new Kandji().description as INodeTypeDescription;

const operations = operationsOf(description);

const keyOf = (resource: unknown, operation: unknown) => `${String(resource)}.${String(operation)}`;

/** Documented answers, each with the operations that send its request. */
const answers = documentedAnswers.map(({ request, body }) => ({
	body,
	operations: answeredBy(operations, request).map(({ parameters }) =>
		keyOf(parameters.resource, parameters.operation),
	),
}));

/**
 * What the contract and the documentation show of an operation: the API's answers, and the items that come out; of one
 * that only counts, just these.
 */
function examplesOf(resource: string, operation: string): unknown[] {
	const rows = contractCases.filter((row) => row.operation === keyOf(resource, operation));
	const values = rows.flatMap(({ items }) => items.flatMap((item) => Object.values(item)));
	if (values.length > 0 && values.every((value) => typeof value === 'number')) return values;
	return [
		...answers
			.filter(({ operations: keys }) => keys.includes(keyOf(resource, operation)))
			.map(({ body }) => body),
		...rows.flatMap(({ response, items }) => [response.body, items]),
	];
}

const hasPersonalData = (example: unknown): boolean =>
	JSON.stringify(redacted(example)) !== JSON.stringify(example);

describe.each(
	operations.map(({ resource, operation, parameters }) => ({
		title: `${resource.name} › ${operation.name}`,
		parameters: parameters as { resource: string; operation: string },
	})),
)('$title', ({ parameters }) => {
	const examples = examplesOf(parameters.resource, parameters.operation);
	const needsRedaction = examples.some(hasPersonalData);

	it(`${needsRedaction ? 'offers' : 'does not offer'} Redact Personal Data`, () => {
		const options = displayed(description, withDefaults(description, parameters))
			.filter(({ name }) => name === 'options')
			.flatMap((field) => field.options as INodeProperties[])
			.filter(({ name }) => name === 'redactPersonalData');
		expect(options).toHaveLength(needsRedaction ? 1 : 0);
	});
});
