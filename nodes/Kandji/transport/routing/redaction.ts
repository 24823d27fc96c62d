import type { IDataObject, IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';

const mask = '[redacted]';

/** An email address, with letters of any language. It starts where no part of one precedes it, so that each text is read once. */
const emailAddress =
	/(?<![\p{L}\p{M}\p{N}_.+'-])[\p{L}\p{M}\p{N}_.+'-]+@[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)+/gu;

/** Deepest object whose fields are looked into; one below is masked as a whole. */
const maxDepth = 100;

/** API fields that contain the name of a person, a device or a host. Devices are usually named after their users. */
const nameFields = new Set([
	'author',
	'device__name',
	'device__user_name',
	'device_name',
	'disabled_by',
	'dns_computer_name',
	'enabled_by',
	'full_name',
	'host_name',
	'last_user',
	'local_hostname',
	'local_user',
	'mdm_enabled_user',
	'user_name',
	'username',
]);

/** API objects that describe a person or a device, so that their `name` is masked. */
const named = new Set([
	'actor',
	'assigned_user',
	'computer',
	'device',
	'device_info',
	'mdm_device',
	'regular_users',
	'user',
]);

/** A value of the API's answer with emails and names masked. `key` is its field, `parent` the field around it. */
export function redacted(value: unknown, key = '', parent = '', depth = 0): unknown {
	if (typeof value === 'string') {
		const isName = nameFields.has(key) || (key === 'name' && named.has(parent));
		return isName && value !== '' ? mask : value.replace(emailAddress, mask);
	}
	if (typeof value === 'object' && value !== null && depth > maxDepth) return mask;
	if (Array.isArray(value)) return value.map((entry) => redacted(entry, key, key, depth + 1));
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([path, field]) => {
				// Selected fields have a path as their key.
				const [name = path, outer = key] = path.split('.').reverse();
				return [path, redacted(field, name, outer, depth + 1)];
			}),
		);
	}
	return value;
}

/** Masks personal data in the output if Redact Personal Data is on. */
export function redactPersonalData(
	context: IExecuteSingleFunctions,
	items: INodeExecutionData[],
): void {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	if ((options.redactPersonalData ?? false) === false) return;
	// In a user's own record the name is at the top level.
	const root = context.getNodeParameter('resource', '') === 'user' ? 'user' : '';
	for (const item of items) item.json = redacted(item.json, root) as IDataObject;
}
