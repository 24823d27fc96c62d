import type { IDataObject, IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';

import { isTool } from '../http/context';
import { blanker, hidden, isSecretName } from '../http/secrets';

/** Names that look like a secret's and are none: the publisher of an app, and dates. */
const harmless = /(?:^|_)(?:signature|expiry|scheduled)$/i;

/** Deepest object whose fields are looked into. */
const maxDepth = 100;

const whereToFind =
	"Withheld from the AI model. A person finds them on the record's page in the Kandji web app, or turns on Return Secrets to the Model in this tool.";

/** Calls `found` for each value that is a secret, and returns a copy with what it returns. */
function mapped(
	value: unknown,
	change: (text: string | number, isSecret: boolean) => unknown,
	isSecret = false,
	depth = 0,
): unknown {
	if (depth > maxDepth) return hidden;
	if (Array.isArray(value)) return value.map((entry) => mapped(entry, change, isSecret, depth + 1));
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([path, field]) => {
				// Selected fields have a path as their key.
				const name = path.split('.').at(-1) ?? path;
				const isNamed = isSecretName(name) && !harmless.test(name);
				return [path, mapped(field, change, isSecret || isNamed, depth + 1)];
			}),
		);
	}
	const isText = (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
	return isText ? change(value, isSecret) : value;
}

/** A record without its secrets, wherever their values are in it; the same record if it has none. */
export function withoutOutputSecrets(json: IDataObject): IDataObject {
	const secrets = new Set<string>();
	mapped(json, (text, isSecret) => isSecret && secrets.add(String(text)));
	if (secrets.size === 0) return json;
	const blank = blanker([...secrets]);
	const copy = mapped(json, (text, isSecret) =>
		isSecret ? hidden : typeof text === 'string' ? blank(text) : text,
	) as IDataObject;
	return { ...copy, secrets_withheld: whereToFind };
}

/**
 * Withholds PINs, keys, passwords and codes from what a tool returns, which goes to the provider of the model, unless
 * Return Secrets to the Model is on.
 */
export function withholdSecrets(
	context: IExecuteSingleFunctions,
	items: INodeExecutionData[],
): void {
	if (!isTool(context) || context.getNodeParameter('returnSecrets', false) === true) return;
	for (const item of items) item.json = withoutOutputSecrets(item.json);
}
