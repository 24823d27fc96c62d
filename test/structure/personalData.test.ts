import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { redacted } from '../../nodes/Kandji/transport/routing/redaction';
import { contractCases } from '../contract/cases/index';
import { displayed, operationsOf, withDefaults } from './description';

const description = new Kandji().description as INodeTypeDescription;

/** What the contract shows of an operation: the API's response, and the items that come out. */
const examplesOf = (resource: string, operation: string): unknown[] =>
	contractCases
		.filter((row) => row.operation === `${resource}.${operation}`)
		.flatMap(({ response, items }) => [
			response.body,
			// A user's own record has no object around its name.
			resource === 'user' ? { user: items } : items,
		]);

const hasPersonalData = (example: unknown): boolean =>
	JSON.stringify(redacted(example)) !== JSON.stringify(example);

describe.each(
	operationsOf(description).map(({ resource, operation, parameters }) => ({
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

describe('what is masked', () => {
	it.each([
		'author',
		'device__name',
		'device__user_name',
		'device_name',
		'disabled_by',
		'dns_computer_name',
		'enabled_by',
		'full_name',
		'general.device_name',
		'host_name',
		'last_user',
		'local_hostname',
		'local_user',
		'mdm_enabled_user',
		'user_name',
		'username',
	])('the field %s', (name) => {
		expect(redacted({ [name]: 'Ana', other: 'Mac' })).toEqual({
			[name]: '[redacted]',
			other: 'Mac',
		});
	});

	it.each([
		'actor',
		'assigned_user',
		'computer',
		'device',
		'device_info',
		'mdm_device',
		'regular_users',
		'user',
	])('the name of %s', (name) => {
		const record = { id: '1', name: 'Ana' };
		const masked = { id: '1', name: '[redacted]' };
		expect(redacted({ [name]: record, list: { [name]: [record] } })).toEqual({
			[name]: masked,
			list: { [name]: [masked] },
		});
		expect(redacted({ [`${name}.name`]: 'Ana' })).toEqual({ [`${name}.name`]: '[redacted]' });
		expect(redacted({ blueprint: record })).toEqual({ blueprint: record });
	});

	it('emails anywhere in a text', () => {
		expect(redacted({ log: 'Mail ana.o+x@acme.example, then go' })).toEqual({
			log: 'Mail [redacted], then go',
		});
	});
});
