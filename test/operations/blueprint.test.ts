import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, type KandjiCredential } from '../../simulator/engine/engine';
import { startTenant, type Tenant } from '../../simulator/tenant/index';

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const hostileName = `O'Neil & "Söhne" ?a=b#c%2e/../`;

describe('Blueprint', () => {
	let tenant: Tenant;
	let credential: KandjiCredential;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 40 });
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	const run = async (operation: string, parameters: INodeParameters = {}) =>
		await runNode({ resource: 'blueprint', operation, ...parameters }, { credential });
	const json = async (operation: string, parameters?: INodeParameters): Promise<IDataObject[]> => {
		const { items, error } = await run(operation, parameters);
		expect(error).toBeUndefined();
		return items.map((item) => item.json);
	};
	const create = async (parameters: INodeParameters = {}): Promise<IDataObject> => {
		const [blueprint = {}] = await json('create', {
			name: hostileName,
			additionalFields: { type: 'classic' },
			...parameters,
		});
		return blueprint;
	};
	const sent = () => tenant.counters.log.map(({ method }) => method);

	it('is created, read, changed and deleted', async () => {
		const { id } = await create();
		expect(tenant.state.blueprints.get(String(id))).toMatchObject({
			name: hostileName,
			enrollment_code: { is_active: true },
		});
		const [changed] = await json('update', {
			blueprintId: byId(id),
			updateFields: { enrollmentActive: false, enrollmentCode: '012345', description: 'Ü & ?' },
		});
		expect(changed).toMatchObject({ enrollment_code: { code: '012345', is_active: false } });
		expect(await json('get', { blueprintId: byId(id) })).toEqual([changed]);
		expect(
			await json('delete', { blueprintId: byId(id), confirmBlueprintName: hostileName }),
		).toEqual([{ deleted: true }]);
		expect(tenant.state.blueprints.has(String(id))).toBe(false);
	});

	it('is copied with its library items', async () => {
		const source = [...tenant.state.blueprints.values()].find(({ type }) => type === 'classic')!;
		const copy = await create({ createFrom: 'blueprint', sourceBlueprintId: byId(source.id) });
		const [copied, original] = await Promise.all(
			[copy.id, source.id].map(
				async (id) => await json('getLibraryItems', { blueprintId: byId(id), returnAll: true }),
			),
		);
		expect(copied).toEqual(original!.map((item) => ({ ...item, blueprint_id: copy.id })));
		expect(original!.length).toBeGreaterThan(0);
	});

	it('is created from a template that Get Templates lists', async () => {
		const categories = await json('getTemplates', { returnAll: true });
		const [template] = categories.flatMap(({ templates }) => templates as IDataObject[]);
		expect(template).toEqual({
			id: expect.any(Number),
			name: expect.any(String),
			description: expect.any(String),
		});
		await create({ createFrom: 'template', templateId: String(template!.id) });
		expect(tenant.state.blueprints.size).toBe(
			(await json('getAll', { returnAll: true, filters: {} })).length,
		);
	});

	it('is assigned a library item, which is then removed', async () => {
		const { id } = await create();
		const [item] = [...tenant.state.library.customScripts.keys()];
		const target = { blueprintId: byId(id), libraryItemId: byId(item) };
		expect(await json('assignLibraryItem', target)).toEqual([
			{ success: true, blueprint_id: id, library_item_ids: [item] },
		]);
		const again = await run('assignLibraryItem', target);
		expect(again.error?.message).toBe('Library Item already exists on Blueprint');
		expect(await json('removeLibraryItem', target)).toEqual([
			{ success: true, blueprint_id: id, library_item_ids: [] },
		]);
	});

	it('lists more library items than fit on a page', async () => {
		const { id } = await create();
		const blueprint = tenant.state.blueprints.get(String(id))!;
		const items = [...tenant.state.library.customProfiles.keys()].slice(0, 60);
		blueprint.nodes.set('', items);
		const rows = await json('getLibraryItems', { blueprintId: byId(id), returnAll: true });
		expect(rows.map((row) => row.id)).toEqual(items);
		expect(await json('getLibraryItems', { blueprintId: byId(id), limit: 30 })).toHaveLength(30);
	});

	it('returns its enrollment profile as a file, or the sign-in URL', async () => {
		const [withSignIn] = [...tenant.state.ssoBlueprints];
		const { items } = await run('getEnrollmentProfile', {
			blueprintId: byId(withSignIn),
			binaryPropertyName: 'profile',
		});
		const file = items[0]?.binary?.profile;
		expect(file).toMatchObject({
			fileName: 'kandji-enroll.mobileconfig',
			mimeType: 'application/x-apple-aspen-config',
		});
		expect(Buffer.from(file!.data, 'base64').toString()).toContain(
			`io.kandji.enroll.${withSignIn}`,
		);
		const [signIn] = await json('getEnrollmentProfile', {
			blueprintId: byId(withSignIn),
			returnSignInUrl: true,
		});
		expect(signIn).toEqual({
			blueprint_id: withSignIn,
			url: expect.stringMatching(/^https:\/\/.*\/enrollment\//),
		});
	});

	it('says which enrollment profile does not exist', async () => {
		const { error } = await run('getEnrollmentProfile', {
			blueprintId: byId('3de7b283-1a44-47ef-bde1-2f556a8a32f7'),
		});
		expect(error?.message).toMatch(/no blueprint 3de7b283/);
	});

	it.each([
		['another name', { confirmBlueprintName: 'All Staff ' + 'x' }, /does not match/],
		['an expression without a value', { confirmBlueprintName: '={{ $json.none }}' }, /is empty/],
	])('is not deleted with %s', async (_title, parameters, message) => {
		const { id } = await create();
		const { error } = await run('delete', { blueprintId: byId(id), ...parameters });
		expect(error?.message).toMatch(message);
		expect(sent()).not.toContain('DELETE');
	});

	it.each([
		['create', { name: '={{ $json.none }}' }, 'Name is empty'],
		['create', { name: 'A', createFrom: 'template', templateId: '../1' }, /^Template ID is not/],
		[
			'create',
			{ name: 'A', additionalFields: { enrollmentCode: '={{ $json.none }}' } },
			'Enrollment Code is empty',
		],
		[
			'create',
			{ name: 'A', createFrom: 'blueprint', sourceBlueprintId: byId('={{ "../devices" }}') },
			/not a valid ID/,
		],
		[
			'update',
			{ blueprintId: byId(`={{ ${JSON.stringify(hostileName)} }}`), updateFields: { name: 'A' } },
			/not a valid ID/,
		],
		[
			'assignLibraryItem',
			{
				blueprintId: byId('3de7b283-1a44-47ef-bde1-2f556a8a32f7'),
				libraryItemId: byId('3de7b283-1a44-47ef-bde1-2f556a8a32f7'),
				additionalFields: { assignmentNodeId: '={{ $json.none }}' },
			},
			'Assignment Node ID is empty',
		],
		['getAll', { filters: { blueprintId: byId('={{ $json.none }}') } }, 'Blueprint is empty'],
		['getAll', { filters: { name: '={{ $json.none }}' } }, 'Name is empty'],
		['getAll', { filters: { blueprints: '={{ $json.none }}' } }, 'Blueprints is empty'],
	])('%s refuses %j', async (operation, parameters, message) => {
		const { error } = await run(operation, parameters as INodeParameters);
		expect(error?.message).toMatch(message);
		expect(sent()).toEqual([]);
	});
});
