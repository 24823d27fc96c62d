import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Device } from '../../simulator/tenant/state/types';
import { byId, onTenant } from './onTenant';

/** The name of a tag, or the index of a device, user or blueprint, modulo how many there are. */
const index = fc.nat({ max: 5 });
const tag = fc.constantFrom('A', 'B', 'C', 'D');
const tags = fc.uniqueArray(tag, { maxLength: 4 });

type Change =
	| { operation: 'addTags' | 'removeTags'; device: number; tags: string[] }
	| { operation: 'assignUser' | 'moveToBlueprint'; device: number; to: number }
	| { operation: 'update'; device: number; assetTag?: string; clear: string[]; user?: number }
	| { operation: 'syncFromTable'; device: number; tags: string[]; name: string; assetTag: string };

const change: fc.Arbitrary<Change> = fc.oneof(
	fc.record({
		operation: fc.constantFrom('addTags' as const, 'removeTags' as const),
		device: index,
		tags: fc.uniqueArray(tag, { minLength: 1, maxLength: 3 }),
	}),
	fc.record({
		operation: fc.constantFrom('assignUser' as const, 'moveToBlueprint' as const),
		device: index,
		to: index,
	}),
	fc.record(
		{
			operation: fc.constant('update' as const),
			device: index,
			assetTag: fc.constantFrom('1', '2', '3'),
			clear: fc.subarray(['tags', 'user'], { minLength: 1 }),
		},
		{ requiredKeys: ['operation', 'device', 'clear'] },
	),
	fc.record({
		operation: fc.constant('syncFromTable' as const),
		device: index,
		tags: fc.uniqueArray(tag, { minLength: 1 }),
		name: fc.constantFrom('Mac 1', 'Mac 2', 'Mac 3'),
		assetTag: fc.constantFrom('1', '2', '3'),
	}),
);

/** What somebody else does between a change and its undo. */
const foreign = fc.record({
	device: index,
	field: fc.constantFrom(
		'asset_tag' as const,
		'blueprint' as const,
		'device_name' as const,
		'tags' as const,
		'user' as const,
	),
});

describe('Device › Undo, on random fleets', () => {
	const kandji = onTenant('device', { devices: 30, rateLimit: false });
	const macs = () =>
		[...kandji.tenant.state.devices.values()]
			.filter(({ platform }) => platform === 'Mac')
			.slice(0, 4);
	const otherDevices = () =>
		[...kandji.tenant.state.devices.values()].filter((device) => !macs().includes(device));
	const macAt = (at: number) => macs()[at % macs().length]!;
	const users = () => [...kandji.tenant.state.users.values()].filter(({ archived }) => !archived);
	const blueprints = () => [...kandji.tenant.state.blueprints.values()];
	/** The last of them is only ever somebody else's choice. */
	const own = <T>(all: T[], at: number): T => all[at % (all.length - 1)]!;
	const asUser = ({ id, email, name }: ReturnType<typeof users>[number]) => ({
		id,
		email,
		name,
		is_archived: false,
	});

	const parametersOf = (next: Change): INodeParameters => {
		const deviceId = byId(macAt(next.device).device_id);
		switch (next.operation) {
			case 'addTags':
			case 'removeTags':
				return { deviceId, tags: next.tags.join() };
			case 'assignUser':
				return { deviceId, userId: byId(own(users(), next.to).id) };
			case 'moveToBlueprint':
				return { deviceId, blueprintId: byId(own(blueprints(), next.to).id) };
			case 'update':
				return {
					deviceId,
					updateFields: {
						clearFields: next.clear,
						...(next.assetTag !== undefined && { assetTag: next.assetTag }),
					},
				};
			case 'syncFromTable':
				return {
					serialNumber: macAt(next.device).serial_number,
					dryRun: false,
					fieldsToSync: {
						assetTag: next.assetTag,
						deviceName: next.name,
						tagsToHave: next.tags.join(),
					},
				};
		}
	};

	const interfere = (device: Device, field: string): void => {
		const blueprint = blueprints().at(-1)!;
		const values: Record<string, Partial<Device>> = {
			asset_tag: { asset_tag: 'theirs' },
			blueprint: { blueprint_id: blueprint.id, blueprint_name: blueprint.name },
			device_name: { device_name: 'theirs' },
			tags: { tags: ['theirs'] },
			user: { user: asUser(users().at(-1)!) },
		};
		Object.assign(device, values[field]);
	};

	/** What a change can reach. */
	const stateOf = ({ asset_tag, blueprint_id, device_name, tags: names, user }: Device) => ({
		asset_tag,
		blueprint_id,
		device_name,
		tags: [...names].sort(),
		user: user ? user.id : '',
	});

	it('restores every field, and never what somebody else wrote meanwhile', async () => {
		const initial = fc.array(
			fc.record({ asset_tag: fc.constantFrom('', '1', '2'), tags, user: fc.option(index) }),
			{ minLength: 4, maxLength: 4 },
		);
		await fc.assert(
			fc.asyncProperty(
				initial,
				fc.array(change, { minLength: 1, maxLength: 6 }),
				fc.array(foreign, { maxLength: 3 }),
				async (fleet, changes, others) => {
					kandji.tenant.reset();
					for (const name of ['A', 'B', 'C', 'D', 'theirs']) {
						kandji.tenant.state.tags.set(name, { id: name, name });
					}
					for (const [at, { user, ...fields }] of fleet.entries()) {
						const owner = user === null ? ('' as const) : asUser(own(users(), user));
						Object.assign(macAt(at), { ...fields, tags: [...fields.tags], user: owner });
					}
					const before = macs().map(stateOf);
					const rest = structuredClone(otherDevices());
					const input: IDataObject[] = [];
					for (const next of changes) {
						const items = await kandji.json(next.operation, {
							...parametersOf(next),
							returnUndo: true,
						});
						input.push({ undo: items[0]!.undo });
					}
					for (const { device, field } of others) interfere(macAt(device), field);
					const expected = before.map((fields) => ({ ...fields }));
					for (const { device, field } of others) {
						const at = device % macs().length;
						const key = field === 'blueprint' ? 'blueprint_id' : field;
						Object.assign(expected[at]!, { [key]: stateOf(macs()[at]!)[key] });
					}
					// The latest change is undone first.
					await kandji.json('undo', { maximumItems: 10 }, { input: input.reverse() });
					expect(macs().map(stateOf)).toEqual(expected);
					expect(otherDevices()).toEqual(rest);
				},
			),
			{ numRuns: 25 },
		);
	}, 240_000);
});
