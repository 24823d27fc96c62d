import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, type KandjiCredential } from '../simulator/engine/engine';

/** Resource, operation, and the parameters that have no usable default. */
export type SampledOperation = [resource: string, operation: string, parameters: INodeParameters];

export interface SampleItems {
	resource: string;
	operation: string;
	/** At least one. */
	items: IDataObject[];
}

/**
 * Runs operations one after the other.
 *
 * @throws when one fails or returns nothing
 */
export async function sampleItems(
	operations: SampledOperation[],
	credential: KandjiCredential,
): Promise<SampleItems[]> {
	const samples: SampleItems[] = [];
	for (const [resource, operation, parameters] of operations) {
		const { items, error } = await runNode({ resource, operation, ...parameters }, { credential });
		if (items.length === 0) {
			throw new Error(`${resource} › ${operation} returned nothing: ${error?.message}`);
		}
		samples.push({ resource, operation, items: items.map(({ json }) => json) });
	}
	return samples;
}
