import { BLUEPRINTS } from './catalog';
import type { Random } from './random';
import type { Blueprint } from './types';

/** Makes the tenant's blueprints; `items` are the ids of library items to spread over them. */
export function createBlueprints(random: Random, items: readonly string[]): Map<string, Blueprint> {
	const blueprints = BLUEPRINTS.map(({ name, type, color, icon }): Blueprint => {
		const assigned = items.filter(() => random.chance(40));
		const half = Math.ceil(assigned.length / 2);
		const conditional = name === 'Engineering';
		return {
			id: random.uuid(),
			name,
			icon,
			color,
			description: random.chance(50) ? `Blueprint for ${name}` : '',
			params: {},
			enrollment_code: { code: random.text(6, '0123456789'), is_active: random.chance(80) },
			type,
			nodes: conditional
				? new Map([
						['node-1', assigned.slice(0, half)],
						['node-2', assigned.slice(half)],
					])
				: new Map([['', assigned]]),
		};
	});
	return new Map(blueprints.map((blueprint) => [blueprint.id, blueprint]));
}

/** Ids of the library items on a blueprint, over all its assignment nodes. */
export function itemsOf(blueprint: Blueprint): string[] {
	return [...new Set([...blueprint.nodes.values()].flat())];
}
