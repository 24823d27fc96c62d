import { NodeHelpers, type INodeParameters, type INodeTypeDescription } from 'n8n-workflow';

/** Names in `given` that `filled` lacks: n8n drops what no property of the description accepts. */
function dropped(given: INodeParameters, filled: INodeParameters): string[] {
	return Object.keys(given).filter((name) => given[name] !== undefined && !(name in filled));
}

/**
 * Fills a node's parameters with their defaults as the editor does. Filling one can show another,
 * so it runs until nothing changes.
 *
 * @throws when a given parameter is not shown for these values, which is a slip in the caller
 */
export function fillParameters(
	description: INodeTypeDescription,
	given: INodeParameters,
): INodeParameters {
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
