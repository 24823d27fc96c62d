import { byId, onTenant } from './onTenant';

describe('Custom Script', () => {
	const on = onTenant('customScript');
	const categoryOf = () => byId(on.tenant.state.library.categories[0]!.id);

	it('is created, read, changed and deleted', async () => {
		const [created = {}] = await on.json('create', {
			name: 'Check "disk" & more',
			script: '#!/bin/zsh\necho "ü"\n',
			executionFrequency: 'no_enforcement',
			additionalFields: { showInSelfService: true, selfServiceCategoryId: categoryOf() },
		});
		const customScriptId = byId(created.id);
		expect(await on.json('get', { customScriptId, simplify: false })).toEqual([created]);
		const [changed] = await on.json('update', {
			customScriptId,
			updateFields: { script: 'exit 1', remediationScript: 'exit 0' },
		});
		expect(changed).toMatchObject({ script: 'exit 1', remediation_script: 'exit 0' });
		expect(await on.json('delete', { customScriptId })).toEqual([{ deleted: true }]);
		expect(on.tenant.state.library.customScripts.has(String(created.id))).toBe(false);
	});

	it('lists every script', async () => {
		const scripts = await on.json('getAll', { returnAll: true });
		expect(scripts.map(({ id }) => id)).toEqual([...on.tenant.state.library.customScripts.keys()]);
	});

	it.each([
		[
			{ executionFrequency: 'no_enforcement' },
			'Show in Self Service is required when Execution Frequency is No Enforcement',
		],
		[
			{ additionalFields: { showInSelfService: true } },
			'Self Service Category is required when Show in Self Service is on',
		],
		[{ additionalFields: { selfServiceCategoryId: byId('') } }, 'Self Service Category is empty'],
		[{ script: ' ' }, 'Script is empty'],
	])('refuses %j before any request', async (parameters, message) => {
		const { error } = await on.run('create', { name: 'A', script: 'exit 0', ...parameters });
		expect(error?.message).toBe(message);
		expect(on.tenant.counters.total.received).toBe(0);
	});

	it.each([
		[{}, 'There is nothing to update'],
		[{ name: '' }, 'Name is empty'],
		[
			{ executionFrequency: 'no_enforcement', showInSelfService: false },
			'Show in Self Service is required when Execution Frequency is No Enforcement',
		],
	])('refuses the update %j before any request', async (updateFields, message) => {
		const [id] = on.tenant.state.library.customScripts.keys();
		const { error } = await on.run('update', { customScriptId: byId(id), updateFields });
		expect(error?.message).toBe(message);
		expect(on.tenant.counters.total.received).toBe(0);
	});

	it('names its own field when the id is empty', async () => {
		const { error } = await on.run('get', { customScriptId: byId('={{ $json.missing }}') });
		expect(error?.message).toBe('Custom Script is empty');
	});
});
