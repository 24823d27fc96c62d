import type { INodeTypeDescription } from 'n8n-workflow';

import type { ContractCase, Exchange } from '../../test/contract/contractCase';
import { operationsOf } from '../../test/structure/description';
import { bestMatch, normalPath } from './path';
import { distinct } from './vendor';

/** A method and a path with placeholders. */
export interface Template {
	method: string;
	path: string;
}

/** A request of the node, and how the rows of the contract send it. */
export interface SentRequest extends Template {
	/** The operations that send it: `tag.update`. */
	operations: string[];
	requests: Array<Exchange['request']>;
}

/** The requests that a node's operations are described with. */
export function templatesOf(description: INodeTypeDescription): Template[] {
	return operationsOf(description).flatMap(({ operation }) => {
		const { method, url } = operation.routing?.request ?? {};
		return url === undefined ? [] : { method: String(method), path: normalPath('', url) };
	});
}

const isUsersOwn = ({ operation }: ContractCase) => operation.startsWith('apiRequest.');

/**
 * What the rows of the contract send to the API, by template; by path where no template is known. Requests that
 * users make up themselves are left out.
 */
export function sentRequests(
	rows: readonly ContractCase[],
	templates: readonly Template[],
): SentRequest[] {
	const sent = new Map<string, SentRequest>();
	for (const row of rows.filter((candidate) => !isUsersOwn(candidate))) {
		for (const { request } of [...(row.before ?? []), row]) {
			if (request.origin !== undefined) continue;
			const own = { method: request.method, path: normalPath('', request.path) };
			const { method, path } = bestMatch(templates, own) ?? own;
			const key = `${method} ${path}`;
			const known = sent.get(key) ?? { method, path, operations: [], requests: [] };
			sent.set(key, {
				...known,
				operations: distinct([...known.operations, row.operation]),
				requests: [...known.requests, request],
			});
		}
	}
	return [...sent.values()];
}
