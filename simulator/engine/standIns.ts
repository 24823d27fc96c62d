import { NodeConnectionTypes, type INodeType } from 'n8n-workflow';

/**
 * The few node types of n8n-nodes-base that workflows need in process. The real package is not a
 * dependency: it is large, and the tests with a real n8n have it.
 */
function passThrough(displayName: string, name: string, isTrigger: boolean): INodeType {
	return {
		description: {
			displayName,
			name,
			group: [isTrigger ? 'trigger' : 'organization'],
			version: [1, 1.1, 1.2, 1.3],
			description: '',
			defaults: { name: displayName },
			inputs: isTrigger ? [] : [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute() {
			return [this.getInputData()];
		},
	};
}

/** Node types by the name that workflow JSON uses. */
export const standInNodeTypes: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': passThrough('Manual Trigger', 'manualTrigger', true),
	'n8n-nodes-base.scheduleTrigger': passThrough('Schedule Trigger', 'scheduleTrigger', true),
	'n8n-nodes-base.noOp': passThrough('No Operation', 'noOp', false),
	'n8n-nodes-base.stickyNote': passThrough('Sticky Note', 'stickyNote', false),
};
