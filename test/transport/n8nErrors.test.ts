import {
	ExpressionError,
	NodeApiError,
	NodeOperationError,
	OperationalError,
	UnexpectedError,
	UserError,
	type INode,
	type IPollFunctions,
	type JsonObject,
} from 'n8n-workflow';

import { apiError, inputError, type Failure } from '../../nodes/Kandji/transport/http/errors';
import { send } from '../../nodes/Kandji/transport/http/request';

const node: INode = {
	id: '1',
	name: 'Kandji Trigger',
	type: 'n8n-nodes-kandji.kandjiTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A poll whose every request fails with this error in n8n. */
const contextWith = (error: unknown, credential = {}) =>
	({
		getNode: () => node,
		getCredentials: async () => ({
			region: 'custom',
			apiUrl: 'http://127.0.0.1:1',
			token: 'secret',
			...credential,
		}),
		logger: { debug: () => undefined, warn: () => undefined },
		helpers: {
			httpRequestWithAuthentication: async () => {
				throw error;
			},
		},
	}) as unknown as IPollFunctions;

const failed = async (error: unknown, method: 'GET' | 'POST' = 'GET', credential = {}) =>
	await send(contextWith(error, credential), { method, url: '/api/v1/devices' }).then(
		() => undefined,
		(thrown: NodeApiError) => thrown,
	);

/** As n8n's request helper wraps what it catches. */
const wrapped = (error: Error) => new NodeApiError(node, error as unknown as JsonObject);

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });

describe('an error that n8n itself throws', () => {
	it.each(
		[
			new ExpressionError('No bridge acquired for this context'),
			new NodeOperationError(node, 'Domain not allowed: acme.example'),
			new UserError('The IP address 10.0.0.1 is blocked'),
			new UnexpectedError('Workflow and node are required'),
			new OperationalError('Credential could not be decrypted'),
			new TypeError('Cannot read properties of undefined'),
		].map((error): [string, Error] => [error.message, error]),
	)('is shown as it is: %s', async (_, error) => {
		for (const thrown of [error, wrapped(error), wrapped(wrapped(error))]) {
			expect((await failed(thrown))?.message).toBe(error.message);
			expect((await failed(thrown, 'POST'))?.message).toBe(error.message);
		}
	});

	it.each(
		[
			withCode('read ECONNRESET', 'ECONNRESET'),
			withCode('Parse Error: Expected HTTP/', 'HPE_INVALID_CONSTANT'),
			withCode('unexpected end of file', 'Z_BUF_ERROR'),
			new Error('aborted'),
			new Error('socket hang up'),
			new TypeError('terminated'),
		].map((error): [string, Error] => [error.message, error]),
	)('is no error of the connection, which is told in words: %s', async (_, error) => {
		for (const thrown of [error, wrapped(error)]) {
			expect((await failed(thrown, 'POST'))?.message).toBe(
				'The connection was lost before the response was complete',
			);
		}
	});
});

describe('the failure that an error declares to n8n', () => {
	const now = Date.now();
	const failureOf = (failure: Omit<Failure, 'path'>) =>
		apiError(contextWith(undefined), { path: '/api/v1/devices', ...failure }).failure;

	it.each<[name: string, failure: Omit<Failure, 'path'>, declared: object | undefined]>([
		['a rejected token', { status: 401 }, { cause: 'credential-invalid' }],
		[
			'too many requests',
			{ status: 429, retryAfterSeconds: 7 },
			{ cause: 'rate-limited', retryAfterMs: 7000 },
		],
		['too many requests for a time unknown', { status: 429 }, { cause: 'rate-limited' }],
		['a server error', { status: 503 }, { cause: 'temporarily-unavailable' }],
		['no response', { code: 'ECONNRESET' }, { cause: 'temporarily-unavailable' }],
		['half a response', { status: 200, problem: 'x' }, { cause: 'temporarily-unavailable' }],
		['a missing permission', { status: 403 }, undefined],
		['a missing record', { status: 404 }, undefined],
	])('%s', (_, failure, declared) => expect(failureOf(failure)).toEqual(declared));

	it('a spent hour, with the time at which it renews', () => {
		const declared = failureOf({ status: 429, renewsInSeconds: 600, retryAfterSeconds: 1 });
		expect(declared).toEqual({
			cause: 'quota-exhausted',
			resetsAtEpochMs: expect.any(Number),
		});
		const { resetsAtEpochMs } = declared as { resetsAtEpochMs: number };
		expect(Math.abs(resetsAtEpochMs - now - 600_000)).toBeLessThan(60_000);
	});

	it('an invalid field and an invalid credential', async () => {
		expect(inputError(contextWith(undefined), 'Trigger On is empty').failure).toEqual({
			cause: 'configuration-invalid',
		});
		const error = await failed(new Error('not reached'), 'GET', { token: '' });
		expect(error?.failure).toEqual({ cause: 'credential-invalid' });
	});
});
