import {
	deepCopy,
	NodeHelpers,
	type INodeParameters,
	type INodeTypeDescription,
} from 'n8n-workflow';

/** Names in `given` that `filled` lacks: n8n drops what no property of the description accepts. */
function dropped(given: INodeParameters, filled: INodeParameters): string[] {
	return Object.keys(given).filter((name) => given[name] !== undefined && !(name in filled));
}

const cache = new WeakMap<INodeTypeDescription, Map<string, INodeParameters>>();

/**
 * Fills a node's parameters with their defaults as the editor does. The result is cached: filling takes
 * longer than many a run.
 *
 * @throws when a given parameter is not shown for these values, which is a mistake of the caller
 */
export function fillParameters(
	description: INodeTypeDescription,
	given: INodeParameters,
): INodeParameters {
	const results = cache.get(description) ?? new Map<string, INodeParameters>();
	cache.set(description, results);
	const key = JSON.stringify(given);
	const filled = results.get(key) ?? fill(description, given);
	results.set(key, filled);
	return deepCopy(filled);
}

/** Filling one parameter can show another, so this runs until nothing changes. */
function fill(description: INodeTypeDescription, given: INodeParameters): INodeParameters {
	const { version, defaultVersion } = description;
	const typeVersion = defaultVersion ?? (Array.isArray(version) ? (version.at(-1) ?? 1) : version);
	let filled: INodeParameters = {};
	for (;;) {
		const next =
			NodeHelpers.getNodeParameters(
				description.properties,
				{ ...filled, ...given },
				true,
				false,
				{ typeVersion },
				description,
			) ?? {};
		if (JSON.stringify(next) === JSON.stringify(filled)) break;
		filled = next;
	}
	const lost = dropped(given, filled);
	if (lost.length > 0) {
		throw new Error(`${description.displayName} shows no parameter ${lost.join(', ')} here`);
	}
	return filled;
}
