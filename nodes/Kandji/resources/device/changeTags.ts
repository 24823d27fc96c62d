import type {
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { simplified } from '../../shared/fields/output';
import { keepFields } from '../../shared/fields/pick';
import { keepUndo, planUndo, readDevice, returnsUndo } from '../../shared/preSend/returnUndo';
import { acceptsList } from '../../transport/routing/fieldChecks';
import { apiError, inputError } from '../../transport/http/errors';
import { listedDevice, lookups, recordsCalled } from '../../transport/routing/lookups';
import { sendRouted, targetOf } from '../../transport/routing/singleRequest';
import { approvalCard } from '../../transport/routing/approvalCard';
import { isDryRun } from '../../transport/routing/dryRun';
import { send } from '../../transport/http/request';
import type { PaginationFunction } from '../../transport/routing/itemQueue';
import { inItemOrder, oncePerRun } from '../../transport/routing/itemQueue';
import { simplifiedDevice, usualDeviceFields } from './simplified';
import { tagNames } from './tagNames';

/** How many times the tags are written at most if someone else changes them at the same time. */
const maxWrites = 3;

const sameTags = (left: string[], right: string[]): boolean =>
	left.length === right.length && left.every((tag) => right.includes(tag));

const devicePath = '/api/v1/devices/{device_id}';

/**
 * The tags of a device. The API replaces all tags: taken for none, they would be lost.
 *
 * @throws NodeApiError when the record has no list of tags
 */
function tagsOf(context: IExecutePaginationFunctions, device: IDataObject, ids: IDataObject) {
	if (Array.isArray(device.tags)) return device.tags.map(String);
	throw apiError(context, {
		path: devicePath,
		ids,
		problem: 'Kandji returned no tags of the device',
	});
}

/** The names without a tag in the tenant. */
async function missingTags(
	context: IExecutePaginationFunctions,
	names: string[],
	created: Set<string>,
): Promise<string[]> {
	const missing: string[] = [];
	for (const name of names.filter((each) => !created.has(each))) {
		const found = await recordsCalled(context, lookups.tag.name, name);
		if (!found.some((tag) => tag.name === name)) missing.push(name);
	}
	return missing;
}

async function createTags(
	context: IExecutePaginationFunctions,
	names: string[],
	created: Set<string>,
): Promise<void> {
	for (const name of names) {
		await send(context, { method: 'POST', url: '/api/v1/tags', body: { name } });
		created.add(name);
	}
}

/** The device in the answer to its update; undefined where the answer does not say what tags it has. */
function deviceIn(body: unknown, id: unknown): IDataObject | undefined {
	const device = (body ?? {}) as IDataObject;
	return device.device_id === id && Array.isArray(device.tags) ? device : undefined;
}

/**
 * Makes the sender of an operation that changes some tags and keeps the others. The API can only replace all tags,
 * so they are read, changed, written, and read again to verify. A change that someone else makes between the read
 * and the write is lost, and the API does not report it. Later changes are kept.
 *
 * For more than three items the devices are read as one list, at most a minute before the write, and the answer to the
 * write says what tags the device has.
 *
 * @param change returns the new tags of the device
 */
export const changeTags = (
	change: (current: string[], named: string[]) => string[],
): PaginationFunction =>
	inItemOrder(async function (requestData) {
		const target = await targetOf(this, requestData);
		const { url, ids } = target;
		const named = tagNames(this, this.getNodeParameter('tags'));
		const created = await oncePerRun(this, async () => new Set<string>());
		const id = String(ids.device_id);
		// What undoes the change is what the device has right before it, and not in a list.
		const listed = returnsUndo(this) ? undefined : await listedDevice(this, id);
		let device = Array.isArray(listed?.tags) ? { ...listed } : await readDevice(this, id);
		const before = tagsOf(this, device, ids);
		for (let writes = 0; ; writes++) {
			const current = tagsOf(this, device, ids);
			const next = change(current, named);
			if (sameTags(current, next)) {
				if (!isDryRun(this)) keepUndo(this, planUndo(this, device, {}));
				const json = keepFields(simplified(simplifiedDevice, device), [
					...usualDeviceFields,
					'tags',
				]);
				return [{ json: { ...json, tags_before: before, changed: writes > 0 } }];
			}
			if (writes === maxWrites) {
				throw inputError(
					this,
					'The tags kept changing while they were being updated',
					`The device now has: ${current.join(', ')}. Run the item again.`,
				);
			}
			const options = { ...requestData.options, body: { tags: next } } as IHttpRequestOptions;
			const creates = this.getNodeParameter('createMissingTags', false) === true;
			const added = next.filter((tag) => !current.includes(tag));
			const missing = creates && writes === 0 ? await missingTags(this, added, created) : [];
			if (isDryRun(this)) {
				const template = requestData.options.url ?? '';
				const plan = await approvalCard(this, template, target, { ...options, url }, device);
				return [{ json: missing.length === 0 ? plan : { ...plan, creates_tags: missing } }];
			}
			const undo = planUndo(this, device, { tags: next });
			await createTags(this, missing, created);
			// Until the outcome is known, an item for the same device has to read it.
			if (listed !== undefined) delete listed.tags;
			const { body } = await sendRouted(this, { ...requestData, options }, target);
			keepUndo(this, undo);
			const answered = listed === undefined ? undefined : deviceIn(body, ids.device_id);
			device = answered ?? (await readDevice(this, id));
			if (listed !== undefined) Object.assign(listed, device);
		}
	});

/** The Tags field of such an operation. */
export const tagsField = (operation: string): INodeProperties =>
	acceptsList({
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Finance, Loaner',
		displayOptions: { show: { resource: ['device'], operation: [operation] } },
		description: 'Comma-separated list of tag names. Other tags of the device are kept.',
	});
