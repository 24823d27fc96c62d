import type { IDataObject, IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';

const mask = '[redacted]';

const emailAddress = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** API fields that contain a person's name. Device names count, since devices are usually named after their users. */
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

/** API objects that describe a person, so that their `name` is a person's name. */
const people = new Set(['actor', 'assigned_user', 'regular_users', 'user']);

function redacted(value: unknown, key: string, parent: string): unknown {
	if (typeof value === 'string') {
		const isName = nameFields.has(key) || (key === 'name' && people.has(parent));
		return isName && value !== '' ? mask : value.replace(emailAddress, mask);
	}
	if (Array.isArray(value)) return value.map((entry) => redacted(entry, key, key));
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([name, field]) => [name, redacted(field, name, key)]),
		);
	}
	return value;
}

/** Masks names of people and email addresses in the output items when Redact Personal Data is on. */
export function redactPersonalData(
	context: IExecuteSingleFunctions,
	items: INodeExecutionData[],
): void {
	if (context.getNodeParameter('redactPersonalData', false) !== true) return;
	// In a user's own record the name is at the top level.
	const root = context.getNodeParameter('resource', '') === 'user' ? 'user' : '';
	for (const item of items) item.json = redacted(item.json, root, '') as IDataObject;
}
