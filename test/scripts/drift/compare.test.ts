import { compare } from '../../../scripts/drift/compare';
import { sentRequests } from '../../../scripts/drift/contract';
import { formatDrift, hasDrift } from '../../../scripts/drift/report';
import type { VendorOperation } from '../../../scripts/drift/vendor';
import type { ContractCase, Exchange } from '../../contract/contractCase';

type Sent = Partial<Exchange['request']>;

const exchange = (path: string, request: Sent = {}): Exchange => ({
	request: { method: 'GET', path, encoding: 'none', ...request },
	response: {},
});

const row = (
	operation: string,
	path: string,
	request: Sent = {},
	before: Exchange[] = [],
): ContractCase => ({ operation, parameters: {}, before, ...exchange(path, request), items: [] });

const vendor = (request: string, more: Partial<VendorOperation> = {}): VendorOperation => {
	const [method = '', path = ''] = request.split(' ');
	return { method, path, title: '', query: [], encodings: [], fields: [], ...more };
};

const template = (request: string) => {
	const [method = '', path = ''] = request.split(' ');
	return { method, path };
};

const tagId = '71dd53f1-104e-41a2-82ca-43a375b7f63d';
const updateTag = 'PATCH /api/v1/tags/{tag_id}';
const update = (request: Sent) =>
	row('tag.update', `/api/v1/tags/${tagId}`, { method: 'PATCH', ...request });

/** The drift between operations of the vendor and rows of the contract. */
const drift = (vendors: VendorOperation[], rows: ContractCase[], templates: string[] = []) =>
	compare(vendors, sentRequests(rows, templates.map(template)));

const differences = (vendors: VendorOperation[], rows: ContractCase[]) =>
	drift(vendors, rows, [updateTag]).changed.flatMap((changed) => changed.differences);

describe('what the node sends', () => {
	it('is grouped by template, with all operations that send it', () => {
		const search = exchange('/api/v1/tags', { query: { search: 'a' } });
		const rows = [
			row('device.addTags', '/api/v1/devices/1', {}, [search]),
			row('tag.getAll', '/api/v1/tags/'),
			row('device.get', '/api/v1/devices/2'),
			row('device.find', '/api/v1/devices'),
		];
		const sent = sentRequests(rows, [template('GET /api/v1/devices/{device_id}')]);
		expect(
			sent.map(({ path, operations, requests }) => [path, operations, requests.length]),
		).toEqual([
			['/api/v1/tags', ['device.addTags', 'tag.getAll'], 2],
			['/api/v1/devices/{device_id}', ['device.addTags', 'device.get'], 2],
			['/api/v1/devices', ['device.find'], 1],
		]);
	});

	it('leaves out what goes elsewhere and what users make up', () => {
		const elsewhere = exchange('/upload', { origin: 'https://storage.example' });
		const rows = [
			row('apiRequest.send', '/api/v1/labels', {}, [exchange('/api/v1/more')]),
			row('customApp.create', '/api/v1/library/custom-apps', {}, [elsewhere]),
		];
		expect(sentRequests(rows, []).map(({ path }) => path)).toEqual(['/api/v1/library/custom-apps']);
	});
});

describe('new and gone', () => {
	it('are those that nobody else has', () => {
		const vendors = [vendor('GET /api/v1/tags'), vendor('GET /api/v1/labels', { title: 'Labels' })];
		const rows = [row('tag.getAll', '/api/v1/tags/'), update({})];
		expect(drift(vendors, rows, [updateTag])).toEqual({
			new: [{ method: 'GET', path: '/api/v1/labels', title: 'Labels' }],
			gone: [{ method: 'PATCH', path: '/api/v1/tags/{tag_id}', operations: ['tag.update'] }],
			changed: [],
		});
	});

	it('distinguish methods', () => {
		const { new: added, gone } = drift(
			[vendor('POST /api/v1/tags')],
			[row('tag.getAll', '/api/v1/tags')],
		);
		expect([added.length, gone.length]).toEqual([1, 1]);
	});

	it('are named by the path where no template is known', () => {
		const { gone } = drift([], [row('inHouseApp.create', `/api/v1/upload/${tagId}/status`)]);
		expect(gone).toEqual([
			{ method: 'GET', path: '/api/v1/upload/{id}/status', operations: ['inHouseApp.create'] },
		]);
	});

	it('are named by the path where the template is known in part', () => {
		const rows = ['apps', 'cellular', 'filevault'].map((category) =>
			row('prism.getAll', `/api/v1/prism/${category}`),
		);
		const vendors = [vendor('GET /api/v1/prism/apps'), vendor('GET /api/v1/prism/cellular')];
		const { new: added, gone } = drift(vendors, rows, ['GET /api/v1/prism/{category}']);
		expect(added).toEqual([]);
		expect(gone).toEqual([
			{ method: 'GET', path: '/api/v1/prism/filevault', operations: ['prism.getAll'] },
		]);
	});

	it('are not hidden by a template that only looks alike', () => {
		const rows = [
			row('blueprint.getTemplates', '/api/v1/blueprints/templates/'),
			row('blueprint.get', `/api/v1/blueprints/${tagId}`),
		];
		const templates = ['GET /api/v1/blueprints/templates', 'GET /api/v1/blueprints/{blueprint_id}'];
		const { gone } = drift([vendor('GET /api/v1/blueprints/{id}')], rows, templates);
		expect(gone).toEqual([
			{
				method: 'GET',
				path: '/api/v1/blueprints/templates',
				operations: ['blueprint.getTemplates'],
			},
		]);
	});

	it('are not made up where the vendor documents several requests as one', () => {
		const rows = ['lock', 'erase'].map((action) =>
			row(`deviceAction.${action}`, `/api/v1/devices/${tagId}/action/${action}`),
		);
		const templates = ['lock', 'erase'].map(
			(action) => `GET /api/v1/devices/{id}/action/${action}`,
		);
		const vendors = [vendor('GET /api/v1/devices/{id}/action/{action}')];
		expect(drift(vendors, rows, templates)).toEqual({ new: [], gone: [], changed: [] });
	});

	it('are sorted by path', () => {
		const vendors = ['GET /api/v1/b', 'POST /api/v1/a', 'GET /api/v1/a'].map((path) =>
			vendor(path),
		);
		expect(drift(vendors, []).new.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /api/v1/a',
			'POST /api/v1/a',
			'GET /api/v1/b',
		]);
	});
});

describe('changed', () => {
	it('are query parameters that only one side has, apart from paging that is not sent', () => {
		const query = [
			'limit',
			'offset',
			'page',
			'cursor',
			'after',
			'size',
			'name',
			'ordering',
			'color',
		];
		const rows = [
			update({ query: { name: 'a' } }),
			update({ query: { ordering: 'b', search: 'c', per_page: '1' } }),
		];
		expect(differences([vendor(updateTag, { query })], rows)).toEqual([
			{ part: 'query', documented: ['color'], sent: ['per_page', 'search'] },
		]);
	});

	it('include paging that is sent and not documented', () => {
		expect(differences([vendor(updateTag)], [update({ query: { limit: '1' } })])).toEqual([
			{ part: 'query', documented: [], sent: ['limit'] },
		]);
	});

	it('are body fields that only one side has, on the first level', () => {
		const documented = vendor(updateTag, { encodings: ['json'], fields: ['name', 'icon', 'size'] });
		const body = { name: 'a', details: { icon: 'b' } };
		expect(differences([documented], [update({ encoding: 'json', body })])).toEqual([
			{ part: 'body', documented: ['icon', 'size'], sent: ['details'] },
		]);
	});

	it('are dotted names of forms as they are', () => {
		const fields = ['enrollment_code.code', 'source.id'];
		const documented = vendor(updateTag, { encodings: ['form'], fields });
		const body = { 'enrollment_code.code': '1', source: '2' };
		expect(differences([documented], [update({ encoding: 'form', body })])).toEqual([
			{ part: 'body', documented: ['source.id'], sent: ['source'] },
		]);
	});

	it.each([
		[['json'], ['form'], [['json'], ['form']]],
		[['json'], ['none'], [['json'], ['none']]],
		[[], ['json'], [['none'], ['json']]],
		[['json'], ['json', 'multipart'], [['json'], ['json', 'multipart']]],
		[['json', 'form'], ['json'], undefined],
		[['json'], ['json', 'none'], undefined],
		[[], ['none'], undefined],
	] as const)('with encodings %j documented and %j sent are %j', (encodings, sent, expected) => {
		const documented = vendor(updateTag, { encodings: [...encodings] });
		const rows = sent.map((encoding) => update({ encoding }));
		const found = differences([documented], rows).map((difference) => [
			difference.documented,
			difference.sent,
		]);
		expect(found).toEqual(expected === undefined ? [] : [expected]);
	});

	it('count every row of a template as sending what one of them sends, and only its own as undocumented', () => {
		const rows = [
			row('prism.getAll', '/api/v1/prism/apps', { query: { filter: '{}', sort_by: 'a' } }),
			row('prism.getAll', '/api/v1/prism/cellular'),
		];
		const vendors = [
			vendor('GET /api/v1/prism/apps', { query: ['filter'] }),
			vendor('GET /api/v1/prism/cellular', { query: ['filter', 'roaming'] }),
		];
		expect(drift(vendors, rows, ['GET /api/v1/prism/{category}']).changed).toEqual([
			{
				method: 'GET',
				path: '/api/v1/prism/apps',
				operations: ['prism.getAll'],
				differences: [{ part: 'query', documented: [], sent: ['sort_by'] }],
			},
			{
				method: 'GET',
				path: '/api/v1/prism/cellular',
				operations: ['prism.getAll'],
				differences: [{ part: 'query', documented: ['roaming'], sent: [] }],
			},
		]);
	});
});

describe('what is printed', () => {
	const vendors = [
		vendor('GET /api/v1/labels', { title: 'List labels' }),
		vendor(updateTag, { encodings: ['form'], fields: ['color', 'name'] }),
	];
	const rows = [
		update({ encoding: 'json', body: { name: 'a' } }),
		row('user.get', '/api/v1/users/1'),
		row('device.assignUser', '/api/v1/users/1'),
	];

	it('is a table of each kind, and the counts', () => {
		const text = formatDrift(drift(vendors, rows, [updateTag, 'GET /api/v1/users/{user_id}']));
		expect(text).toMatch(
			/^New: .*\n.*\n│ Request +│ Title +│\n.*\n│ GET \/api\/v1\/labels │ List labels │\n/,
		);
		expect(text).toMatch(
			/\nGone: .*\n.*\n.*\n.*\n│ GET \/api\/v1\/users\/\{user_id\} │ user\.get +│\n│ +│ device\.assignUser │\n/,
		);
		expect(text).toMatch(
			/│ PATCH \/api\/v1\/tags\/\{tag_id\} │ tag\.update │ body +│ color +│ +│\n/,
		);
		expect(text).toMatch(
			/│ PATCH \/api\/v1\/tags\/\{tag_id\} │ tag\.update │ encoding │ form +│ json +│\n/,
		);
		expect(text).toMatch(/\n1 new, 1 gone, 1 changed$/);
	});

	it('is nothing but the counts without drift', () => {
		const none = { new: [], gone: [], changed: [] };
		expect(formatDrift(none)).toBe('0 new, 0 gone, 0 changed');
		expect(hasDrift(none)).toBe(false);
	});

	it.each(['new', 'gone', 'changed'] as const)('is drift where something is %s', (kind) => {
		const all = drift(vendors, rows, [updateTag]);
		const none = { new: [], gone: [], changed: [] };
		expect(hasDrift({ ...none, [kind]: all[kind] })).toBe(true);
	});
});
