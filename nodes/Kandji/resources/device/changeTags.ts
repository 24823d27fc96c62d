import type {
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { acceptsList } from '../../transport/routing/fieldChecks';
import { inputError } from '../../transport/http/errors';
import { listEndpoints, listAll } from '../../transport/lists/listAll';
import { sendRouted, targetOf } from '../../transport/routing/singleRequest';
import { isDryRun, describeRequest } from '../../transport/routing/dryRun';
import { send } from '../../transport/http/request';
import type { PaginationFunction } from '../../transport/routing/itemQueue';
import { inItemOrder } from '../../transport/routing/itemQueue';
import { simplifiedDevice } from './simplified';
import { tagNames } from './tagNames';

/** How many times the tags are written at most if someone else changes them at the same time. */
const maxWrites = 3;

const sameTags = (left: string[], right: string[]): boolean =>
	left.length === right.length && left.every((tag) => right.includes(tag));

const devicePath = '/api/v1/devices/{device_id}';

/** The names without a tag in the tenant. */
async function missingTags(
	context: IExecutePaginationFunctions,
	names: string[],
): Promise<string[]> {
	const missing: string[] = [];
	for (const name of names) {
		const found = await listAll(context, '/api/v1/tags', { search: name }, listEndpoints.tags);
		if (!found.some((tag) => tag.name === name)) missing.push(name);
	}
	return missing;
}

async function createTags(context: IExecutePaginationFunctions, names: string[]): Promise<void> {
	for (const name of names) {
		await send(context, { method: 'POST', url: '/api/v1/tags', body: { name } });
	}
}

/**
 * Makes the sender of an operation that changes some tags and keeps the others. The API can only replace all tags,
 * so they are read, changed, written, and read again to verify. A change that someone else makes between the read
 * and the write is lost, and the API does not report it. Later changes are kept.
 *
 * @param change returns the new tags of the device
 */
export const changeTags = (
	change: (current: string[], named: string[]) => string[],
): PaginationFunction =>
	inItemOrder(async function (requestData) {
		const target = await targetOf(this, requestData);
		const named = tagNames(this, this.getNodeParameter('tags'));
		const readDevice = async (): Promise<IDataObject> => {
			const { body } = await send(
				this,
				{ method: 'GET', url: target.url },
				{ path: devicePath, ids: target.ids },
			);
			return body as IDataObject;
		};
		let device = await readDevice();
		const before = (device.tags ?? []) as string[];
		for (let writes = 0; ; writes++) {
			const current = (device.tags ?? []) as string[];
			const next = change(current, named);
			if (sameTags(current, next)) {
				return [
					{ json: { ...simplifiedDevice(device), tags_before: before, changed: writes > 0 } },
				];
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
			const missing =
				creates && writes === 0
					? await missingTags(
							this,
							next.filter((tag) => !current.includes(tag)),
						)
					: [];
			if (isDryRun(this)) {
				const plan = describeRequest({ ...options, url: target.url });
				return [{ json: missing.length === 0 ? plan : { ...plan, creates_tags: missing } }];
			}
			await createTags(this, missing);
			await sendRouted(this, { ...requestData, options }, target);
			device = await readDevice();
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
