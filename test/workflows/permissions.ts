import type { INode } from 'n8n-workflow';

/** From its title to the next paragraph, or to what another service needs. */
const section = /\*\*Kandji token:\*\*[\s\S]*?(?=\n\n|\n\*\*|$)/;

/**
 * The permissions that the note of an example asks for, "METHOD /path/{template}" as the tenant
 * names its operations; notes leave out /api/v1. Empty when no note has any.
 */
export function notedPermissions(nodes: Array<Pick<INode, 'type' | 'parameters'>>): string[] {
	const notes = nodes
		.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
		.map(({ parameters }) => String(parameters.content));
	const found = notes.map((note) => section.exec(note)?.[0] ?? '').join('\n');
	return [...found.matchAll(/`([^`]+)`/g)].map(([, permission = '']) =>
		permission.replace(/^(\S+) (?!\/api\/)/, '$1 /api/v1'),
	);
}
