import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { inputError } from '../transport/http/errors';
import { idOf } from '../transport/routing/ids';
import type { FeedEvent, Row } from './events';

/** Which devices a user means. */
export interface DeviceFilter {
	matches: (row: Row) => boolean;
	/** What the API can be asked for without missing a device that leaves or enters: the platform never changes. */
	query: IDataObject;
	/** What the API can be asked for to get only devices that match. */
	sampleQuery: IDataObject;
	/** What was set, as it counts. */
	settings: IDataObject;
}

const title = (name: string): string =>
	name.replace(/([A-Z])/g, ' $1').replace(/^./, (letter) => letter.toUpperCase());

/** The texts of a filter: of a list with commas, or of several options. */
function textsOf(context: IPollFunctions, name: string, value: unknown): string[] {
	const texts = (Array.isArray(value) ? value.map(String) : String(value ?? '').split(','))
		.map((text) => text.trim())
		.filter((text) => text !== '');
	if (texts.length > 0) return texts;
	throw inputError(
		context,
		`The filter ${title(name)} is empty`,
		'Without a value it would match nothing or everything. Remove the filter, or enter a value.',
	);
}

const userOf = (row: Row): Row => (row.user ?? {}) as Row;

const lower = (value: unknown): string => String(value ?? '').toLowerCase();

/**
 * Reads the device filters.
 *
 * @throws NodeOperationError when one is there but empty or malformed
 */
export async function deviceFilter(
	context: IPollFunctions,
	isShown: boolean,
): Promise<DeviceFilter> {
	const filters = (isShown ? context.getNodeParameter('filters', {}) : {}) as IDataObject;
	const tests: Array<DeviceFilter['matches']> = [];
	const query: IDataObject = {};
	const sampleQuery: IDataObject = {};
	const { blueprintId, platform, tagNames, userEmail, userId } = filters;
	if (blueprintId !== undefined) {
		const id = await idOf(context, 'blueprintId', blueprintId);
		tests.push((row) => lower(row.blueprint_id) === id.toLowerCase());
		sampleQuery.blueprint_id = id;
	}
	if (platform !== undefined) {
		const [name] = textsOf(context, 'platform', platform);
		tests.push((row) => row.platform === name);
		query.platform = name;
	}
	if (tagNames !== undefined) {
		const names = textsOf(context, 'tagNames', tagNames);
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
		const part = textsOf(context, 'userEmail', userEmail).join(',').toLowerCase();
		tests.push((row) => lower(userOf(row).email).includes(part));
		sampleQuery.user_email = part;
	}
	return {
		matches: (row) => tests.every((test) => test(row)),
		query,
		sampleQuery: { ...query, ...sampleQuery },
		settings: { ...query, ...sampleQuery },
	};
}

/** The collection of each feed's filters, and what each filter looks at. */
const feedFilters: Record<FeedEvent, { collection: string; fields: Record<string, string> }> = {
	auditEvent: {
		collection: 'auditFilters',
		fields: {
			action: 'action',
			actorId: 'actor_id',
			actorType: 'actor_type',
			targetType: 'target_type',
		},
	},
	behavioralDetection: {
		collection: 'behavioralFilters',
		fields: { classification: 'classification', status: 'threat_status' },
	},
	blueprintRoutingActivity: {
		collection: 'routingFilters',
		fields: { activityType: 'activity_type' },
	},
	threatDetected: {
		collection: 'threatFilters',
		fields: { classification: 'classification', status: 'status' },
	},
	vulnerabilityDetected: {
		collection: 'vulnerabilityFilters',
		fields: { cveId: 'cve_id', severity: 'cvss_severity' },
	},
};

/**
 * Reads the filters of a feed; texts are compared whatever their case.
 *
 * @throws NodeOperationError when one is there but empty
 */
export function feedFilter(
	context: IPollFunctions,
	event: FeedEvent,
): { matches: (row: Row) => boolean; settings: IDataObject } {
	const { collection, fields } = feedFilters[event];
	const filters = context.getNodeParameter(collection, {}) as IDataObject;
	const tests: Array<(row: Row) => boolean> = [];
	for (const [name, field] of Object.entries(fields)) {
		if (filters[name] === undefined) continue;
		const texts = textsOf(context, name, filters[name]).map(lower);
		tests.push((row) => texts.includes(lower(row[field])));
	}
	if (filters.minimumScore !== undefined) {
		const score = Number(filters.minimumScore);
		tests.push((row) => Number(row.cvss_score) >= score);
	}
	return { matches: (row) => tests.every((test) => test(row)), settings: filters };
}
