import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Device } from '../../simulator/tenant/state/types';
import { onTenant } from './onTenant';

const tagNames = ['Loaner', 'Kiosk', 'dept-it', 'dept-sales'];
const tags = fc.subarray(tagNames);
const index = fc.nat({ max: 3 });
const cell = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** What a device has before; users and blueprints by their place in the tenant. */
const fleet = fc.array(
	fc.record({
		assetTag: fc.constantFrom('', '1', '2'),
		blueprint: index,
		name: fc.constantFrom('Mac 1', 'Mac 2'),
		tags,
		user: fc.option(index),
	}),
	{ minLength: 6, maxLength: 6 },
);

/** A row of the table. A cell that is undefined is empty. */
const row = fc.record({
	assetTag: cell(fc.constantFrom('1', '2', '3')),
	blueprint: cell(index),
	name: cell(fc.constantFrom('Mac 1', 'Mac 3')),
	have: tags,
	notHave: fc.constantFrom<string[]>([], ['dept-*'], ['Loaner', 'Kiosk'], ['dept-it']),
	user: cell(index),
});

const matches = (tag: string, entry: string) =>
	entry.endsWith('*') ? tag.startsWith(entry.slice(0, -1)) : tag === entry;

describe('Device › Sync From Table, on random fleets and tables', () => {
	const kandji = onTenant('device', { devices: 30, rateLimit: false });
	const state = () => kandji.tenant.state;
	const macs = () =>
		[...state().devices.values()].filter(({ platform }) => platform === 'Mac').slice(0, 6);
	const users = () => [...state().users.values()].filter(({ archived }) => !archived);
	const blueprints = () => [...state().blueprints.values()];
	const userAt = (at: number) => users()[at % users().length]!;
	const blueprintAt = (at: number) => blueprints()[at % blueprints().length]!;
	const writes = () => kandji.tenant.counters.log.filter(({ method }) => method !== 'GET').length;

	/** A device with the fields of a form in which the same values are equal. */
	const comparable = (device: Device) => ({ ...device, tags: [...device.tags].sort() });

	it('equals the table afterwards, moves nothing else, and can be undone', async () => {
		const rows = fc.array(fc.option(row), { minLength: 6, maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(fleet, rows, async (before, table) => {
				kandji.tenant.reset();
				for (const name of tagNames) state().tags.set(name, { id: name, name });
				for (const [at, mac] of macs().entries()) {
					const { assetTag, blueprint, name, tags: own, user } = before[at]!;
					const { id, name: blueprintName } = blueprintAt(blueprint);
					const owner = user === null ? undefined : userAt(user);
					Object.assign(mac, {
						asset_tag: assetTag,
						blueprint_id: id,
						blueprint_name: blueprintName,
						device_name: name,
						tags: [...own],
						user: owner
							? { id: owner.id, email: owner.email, name: owner.name, is_archived: false }
							: '',
					});
				}
				const earlier = structuredClone([...state().devices.values()]);
				const expected = earlier.map((device) => {
					const at = macs().findIndex(({ device_id: id }) => id === device.device_id);
					const wanted = table[at] ?? undefined;
					if (wanted === undefined) return device;
					const { assetTag, blueprint, name, have, notHave, user } = wanted;
					const kept = device.tags.filter(
						(tag) => have.includes(tag) || !notHave.some((entry) => matches(tag, entry)),
					);
					const next = blueprint === undefined ? undefined : blueprintAt(blueprint);
					const owner = user === undefined ? undefined : userAt(user);
					return {
						...device,
						asset_tag: assetTag ?? device.asset_tag,
						blueprint_id: next?.id ?? device.blueprint_id,
						blueprint_name: next?.name ?? device.blueprint_name,
						device_name: name ?? device.device_name,
						tags: [...new Set([...kept, ...have])],
						user: owner
							? { id: owner.id, email: owner.email, name: owner.name, is_archived: false }
							: device.user,
					};
				});
				const input = table.flatMap((wanted, at): IDataObject[] => {
					if (wanted === null) return [];
					const { assetTag, blueprint, name, have, notHave, user } = wanted;
					return [
						{
							serial: macs()[at]!.serial_number.toLowerCase(),
							asset_tag: assetTag ?? '',
							// By name or by ID, and in any case.
							blueprint:
								blueprint === undefined
									? ''
									: at % 2 === 0
										? blueprintAt(blueprint).name.toUpperCase()
										: blueprintAt(blueprint).id,
							name: name ?? '',
							// A contradiction is refused: what has to be there may only match a pattern.
							have: have.join(),
							not_have: notHave.filter((entry) => !have.includes(entry)).join(),
							email: user === undefined ? '' : userAt(user).email.toUpperCase(),
						},
					];
				});
				if (input.length === 0) return;
				const sync = async () =>
					await kandji.json(
						'syncFromTable',
						{
							serialNumber: '={{ $json.serial }}',
							fieldsToSync: {
								assetTag: '={{ $json.asset_tag }}',
								blueprint: '={{ $json.blueprint }}',
								deviceName: '={{ $json.name }}',
								tagsToHave: '={{ $json.have }}',
								tagsNotToHave: '={{ $json.not_have }}',
								userEmail: '={{ $json.email }}',
							},
							dryRun: false,
							returnUndo: true,
						},
						{ input },
					);
				const all = () => [...state().devices.values()].map(comparable);

				const items = await sync();
				expect(all()).toEqual(expected.map(comparable));
				const changed = writes();
				expect((await sync()).map(({ status }) => status)).toEqual(input.map(() => 'unchanged'));
				expect(writes()).toBe(changed);

				await kandji.json('undo', { maximumItems: 10 }, { input: items });
				expect(all()).toEqual(earlier.map(comparable));
			}),
			{ numRuns: 25 },
		);
	}, 240_000);
});
