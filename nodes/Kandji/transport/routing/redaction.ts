import type { IDataObject, IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';

const mask = '[redacted]';

/** Deepest object whose fields are looked into; one below is masked as a whole. */
const maxDepth = 100;

/**
 * API fields with the name of a person, a device or a host, or with an account: `device__user_name`, `enabled_by`,
 * `process_owner`, `local_user`. Devices and hosts are usually named after their users.
 */
const nameField =
	/(?:device|computer|host|user|full|real)[_ ]*name$|(?:^|_)(?:author|owner|users?)$|ed_by$/i;

/** API objects that describe a person, a device or a host, so that their `name` is masked: `mdm_device`. */
const namedObject =
	/(?:^|_)(?:actor|admin|administrator|computer|device|host|owner|user)s?$|^device_info$/i;

/** Fields and objects of accounts that belong to nobody, such as `_lp`. */
const systemAccounts = 'system_users';

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/**
 * Everything that can be an email: with quotes, apostrophes, a plus, letters of any script. The lookbehind and the
 * bound of a quoted part keep the search linear in the text's length.
 */
const emailLike =
	/(?:(?<![\p{L}\p{M}\p{N}!#$%&'*+^_`{|}~.’-])[\p{L}\p{M}\p{N}!#$%&'*+^_`{|}~.’-]+|"(?:[^"\\\n]|\\.){1,64}")@(\[[\da-f.:]{2,45}\]|[\p{L}\p{M}\p{N}_.-]+)/giu;

/** A domain has a dot, and unlike a version, such as that of `python@3.11`, letters after its last one. */
const domain = /^\[|^[^.].*\.[\d-]*\p{L}/u;

/** The name of a home folder, which is its user's. On Windows it can have spaces. */
const homeFolder =
	/(?<=\/(?:Users|home)\/)(?!Shared\b)[^/\s"':;,]+|(?<=\\Users\\)(?!Public\b)(?:[^\\/"\n]{1,64}(?=\\)|[^\\\s"]+)/gi;

const withoutEmails = (text: string): string =>
	text.includes('@')
		? text.replace(emailLike, (found, host: string) => {
				if (!domain.test(host)) return found;
				// Punctuation around an email is not part of it.
				const before = /^(?!")[^\p{L}\p{N}_+]*/u.exec(found)?.[0] ?? '';
				const after = /(?<![.-])[.-]*$/.exec(host)?.[0] ?? '';
				return `${before}${mask}${after}`;
			})
		: text;

/** Whether an object is a person or a device by its fields, since a list of them has no name around each. */
const isPersonOrDevice = (value: object): boolean =>
	'name' in value &&
	('email' in value ||
		('serial_number' in value && !('device_name' in value) && !('device__name' in value)));

/** The values in a change of a field. */
const changeValues = ['actual', 'expected', 'from', 'to'];

const isName = (key: string, parent: string): boolean =>
	nameField.test(key) || (key === 'name' && namedObject.test(parent));

/**
 * A value of the API's answer with emails, names and accounts masked.
 *
 * @param key the value's field
 * @param parent the field around it
 */
export function redacted(value: unknown, key = '', parent = '', depth = 0): unknown {
	if (typeof value === 'string') {
		if (value === '' || uuid.test(value)) return value;
		return isName(key, parent) ? mask : withoutEmails(value).replace(homeFolder, mask);
	}
	if (typeof value !== 'object' || value === null || key === systemAccounts) return value;
	if (depth > maxDepth) return mask;
	if (Array.isArray(value)) return value.map((entry) => redacted(entry, key, key, depth + 1));
	return redactedObject(value as IDataObject, isPersonOrDevice(value) ? 'user' : key, depth);
}

function redactedObject(record: IDataObject, key: string, depth: number): IDataObject {
	const { action_type: action, field: changed, target_type: target } = record;
	return Object.fromEntries(
		Object.entries(record).map(([path, field]) => {
			// Selected fields have a path as their key.
			const [name = path, outer = key] = path.split('.').reverse();
			// A device's activity has its old and new name as `from` and `to`, an audit event the new state of its target.
			if (name === 'details' && action === 'name_changed') return [path, namesIn(field)];
			// A change of a record's field names the field beside its values.
			const isValue = typeof changed === 'string' && changeValues.includes(name);
			if (isValue) return [path, redacted(field, changed, outer, depth + 1)];
			const isState = name.endsWith('_state') && typeof target === 'string';
			return [path, redacted(field, isState ? target : name, outer, depth + 1)];
		}),
	) as IDataObject;
}

/** Every text of a change of names is a name. */
const namesIn = (details: IDataObject[string]): unknown =>
	typeof details === 'object' && details !== null
		? Object.fromEntries(
				Object.entries(details).map(([name, value]) => [name, redacted(value, 'user_name')]),
			)
		: redacted(details, 'user_name');

/** Masks personal data in the output if Redact Personal Data is on. */
export function redactPersonalData(
	context: IExecuteSingleFunctions,
	items: INodeExecutionData[],
): void {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	if ((options.redactPersonalData ?? false) === false) return;
	for (const item of items) item.json = redacted(item.json) as IDataObject;
}
