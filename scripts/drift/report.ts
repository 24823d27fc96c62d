import Table from 'cli-table3';

import type { Drift } from './compare';

/** Whether the two sides differ. */
export const hasDrift = ({ new: added, gone, changed }: Drift): boolean =>
	added.length + gone.length + changed.length > 0;

const lines = (values: readonly string[]) => values.join('\n');

function section(title: string, head: string[], rows: string[][]): string[] {
	if (rows.length === 0) return [];
	const table = new Table({ head, style: { head: [], border: [] } });
	table.push(...rows);
	return [`${title}\n${table.toString()}`];
}

/** The drift as tables for a terminal, one for each kind that there is, and how much of each there is. */
export function formatDrift({ new: added, gone, changed }: Drift): string {
	const counts = `${added.length} new, ${gone.length} gone, ${changed.length} changed`;
	return [
		...section(
			'New: the vendor documents it, the node does not use it',
			['Request', 'Title'],
			added.map(({ method, path, title }) => [`${method} ${path}`, title]),
		),
		...section(
			'Gone: the node sends it, the vendor does not document it',
			['Request', 'Sent by'],
			gone.map(({ method, path, operations }) => [`${method} ${path}`, lines(operations)]),
		),
		...section(
			'Changed: both know the request, but not all of it',
			['Request', 'Sent by', 'Part', 'Only documented', 'Only sent'],
			changed.flatMap(({ method, path, operations, differences }) =>
				differences.map(({ part, documented, sent }) => [
					`${method} ${path}`,
					lines(operations),
					part,
					lines(documented),
					lines(sent),
				]),
			),
		),
		counts,
	].join('\n\n');
}
