import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { entriesOf } from '../shared/fields/commaList';
import { passesFilters } from '../shared/fields/recordFilters';
import { idOf } from '../transport/routing/ids';
import type { FeedFilters } from './feeds/filters';
import type { Row } from './row';

type Matches = (row: Row) => boolean;

/** The filters of a feed, or of the devices, as a poll uses them. */
export interface ReadFilter {
	/** Whether a record passes all filters. */
	matches: Matches;
	/** The normalised filter values, for the fingerprint. */
	settings: IDataObject;
}

/** {@link ReadFilter} for devices. */
export interface DeviceFilter extends ReadFilter {
	/** Query that narrows the list without losing a device that starts or stops matching: a platform never changes. */
	query: IDataObject;
	/** Query for devices that match now. */
	sampleQuery: IDataObject;
}

const all =
	(tests: Matches[]): Matches =>
	(row) =>
		tests.every((test) => test(row));

const userOf = (row: Row): Row => (row.user ?? {}) as Row;

const lower = (value: unknown): string => String(value ?? '').toLowerCase();

/**
 * Reads the device filters.
 *
 * @param filters the collection of filters as entered
 * @throws NodeApiError when a filter names no record
 */
export async function deviceFilter(
	context: IPollFunctions,
	filters: IDataObject,
): Promise<DeviceFilter> {
	const tests: Matches[] = [];
	const query: IDataObject = {};
	const sampleQuery: IDataObject = {};
	const { blueprintId, platform, tagNames, userEmail, userId } = filters;
	if (blueprintId !== undefined) {
		const id = await idOf(context, 'blueprintId', blueprintId);
		tests.push((row) => lower(row.blueprint_id) === id.toLowerCase());
		sampleQuery.blueprint_id = id;
	}
	if (platform !== undefined) {
		tests.push((row) => row.platform === platform);
		query.platform = platform;
	}
	if (tagNames !== undefined) {
		const names = entriesOf(tagNames);
		tests.push(
			({ tags }) => Array.isArray(tags) && tags.some((tag) => names.includes(String(tag))),
		);
		sampleQuery.tag_name_in = names.join(',');
	}
	if (userId !== undefined) {
		const id = await idOf(context, 'userId', userId);
		tests.push((row) => lower(userOf(row).id) === id.toLowerCase());
		sampleQuery.user_id = id;
	}
	if (userEmail !== undefined) {
		const part = entriesOf(userEmail).join(',').toLowerCase();
		tests.push((row) => lower(userOf(row).email).includes(part));
		sampleQuery.user_email = part;
	}
	return {
		matches: all(tests),
		query,
		sampleQuery: { ...query, ...sampleQuery },
		settings: { ...query, ...sampleQuery },
	};
}

/**
 * Reads the filters of a feed.
 *
 * @param values the collection of filters as entered
 */
export function feedFilter({ filters }: FeedFilters, values: IDataObject): ReadFilter {
	return { matches: passesFilters(filters, values), settings: values };
}
