import type { IDataObject, IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';

const mask = '[redacted]';

const address = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** Fields of the API that hold a person's name; a device is usually named after its user. */
const nameFields = new Set([
	'author',
	'device__name',
	'device__user_name',
	'device_name',
	'disabled_by',
	'dns_computer_name',
	'enabled_by',
	'full_name',
	'last_user',
	'local_hostname',
	'mdm_enabled_user',
	'user_name',
	'username',
]);

/** Objects that stand for a person, whose `name` is the person's. */
const people = new Set(['actor', 'assigned_user', 'regular_users', 'user']);

function redacted(value: unknown, key: string, parent: string): unknown {
	if (typeof value === 'string') {
		const isName = nameFields.has(key) || (key === 'name' && people.has(parent));
		return isName && value !== '' ? mask : value.replace(address, mask);
	}
	if (Array.isArray(value)) return value.map((entry) => redacted(entry, key, key));
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([name, field]) => [name, redacted(field, name, key)]),
		);
	}
	return value;
}

/** Masks names of people and e-mail addresses in the items of a read, when the user asked for it. */
export function redactPersonalData(
	context: IExecuteSingleFunctions,
	items: INodeExecutionData[],
): void {
	if (context.getNodeParameter('redactPersonalData', false) !== true) return;
	// A user's own record has no object around its name.
	const root = context.getNodeParameter('resource', '') === 'user' ? 'user' : '';
	for (const item of items) item.json = redacted(item.json, root, '') as IDataObject;
}
