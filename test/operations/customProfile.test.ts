import { byId, itemWithFile, onTenant } from './onTenant';

const xml = '<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict/></plist>';
const input = [itemWithFile('Finder "ü".mobileconfig', Buffer.from(xml))];

describe('Custom Profile', () => {
	const on = onTenant('customProfile');

	it('is created from a file, read, changed and deleted', async () => {
		const [created = {}] = await on.json(
			'create',
			{ name: 'Finder & more', platforms: ['mac', 'vision'] },
			{ input },
		);
		expect(created).toMatchObject({
			name: 'Finder & more',
			profile: xml,
			runs_on_mac: true,
			runs_on_vision: true,
			runs_on_iphone: false,
		});
		const customProfileId = byId(created.id);
		const replaced = xml.replace('<dict/>', '<dict></dict>');
		const [changed] = await on.json(
			'update',
			{ customProfileId, updateFields: { binaryPropertyName: 'data', platforms: ['ipad'] } },
			{ input: [itemWithFile('new.mobileconfig', Buffer.from(replaced))] },
		);
		expect(changed).toMatchObject({ profile: replaced, runs_on_ipad: true, runs_on_mac: false });
		expect(await on.json('get', { customProfileId })).toEqual([
			expect.objectContaining({ profile: replaced, platforms: ['ipad'] }),
		]);
		expect(await on.json('delete', { customProfileId })).toEqual([{ deleted: true }]);
		expect(on.tenant.state.library.customProfiles.has(String(created.id))).toBe(false);
	});

	it('lists more profiles than one page holds', async () => {
		const profiles = await on.json('getAll', { returnAll: true });
		expect(profiles).toHaveLength(on.tenant.state.library.customProfiles.size);
		expect(profiles.length).toBeGreaterThan(300);
	});

	it.each([
		['no platform', { platforms: '={{ [] }}' }, 'Platforms is empty'],
		['no file', { binaryPropertyName: 'other' }, 'The item has no file in the field "other"'],
		['no field name', { binaryPropertyName: ' ' }, 'Input Data Field Name is empty'],
		['no name', { name: ' ' }, 'Name is empty'],
	])('refuses %s before any request', async (_what, parameters, message) => {
		const { error } = await on.run('create', { name: 'A', ...parameters }, { input });
		expect(error?.message).toBe(message);
		expect(on.tenant.counters.total.received).toBe(0);
	});

	it('refuses an empty file', async () => {
		const empty = [itemWithFile('empty.mobileconfig', Buffer.alloc(0))];
		const { error } = await on.run('create', { name: 'A' }, { input: empty });
		expect(error?.message).toBe('The file is empty');
		expect(on.tenant.counters.total.received).toBe(0);
	});
});
