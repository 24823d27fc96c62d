import { LoadOptionsContext } from 'n8n-core';
import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';

import type { KandjiCredential } from './credentials';
import { createNodeWorkflow, withIsolate } from './nodeWorkflow';

/**
 * Fills a picker as the editor does: calls one of the node's listSearch methods in n8n-core's own
 * LoadOptionsContext.
 *
 * @param filter what the user typed
 * @param paginationToken the `paginationToken` of the page before
 * @throws when the node has no such method, and what the method throws
 */
export async function searchList(
	method: string,
	filter: string | undefined,
	paginationToken: string | undefined,
	{
		credential,
		currentNodeParameters = {},
		node: nodeName = 'kandji',
	}: { credential: KandjiCredential; currentNodeParameters?: INodeParameters; node?: string },
): Promise<INodeListSearchResult> {
	const { workflow, node, nodeType, additionalData } = await createNodeWorkflow(
		nodeName,
		currentNodeParameters,
		credential,
	);
	const search = nodeType.methods?.listSearch?.[method];
	if (search === undefined) throw new Error(`${node.name} has no listSearch method ${method}`);
	additionalData.currentNodeParameters = currentNodeParameters;
	const context = new LoadOptionsContext(workflow, node, additionalData, '');
	return await withIsolate(
		workflow,
		async () => await search.call(context, filter, paginationToken),
	);
}
