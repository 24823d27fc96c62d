import { useNock } from '../../simulator/engine/nock';
import { searchList } from '../../simulator/engine/searchList';

const nock = useNock();
const id = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';
const device = { device_id: id, device_name: "Ana's Mac", serial_number: 'FVHHFKF7Q6L4' };
const user = { id, name: 'Ana', email: 'ana@acme.example' };

describe('pickers and hosts', () => {
	it.each([
		['us', 'https://acme.api.kandji.io', `https://acme.kandji.io/devices/${id}`],
		['eu', 'https://acme.api.eu.kandji.io', `https://acme.eu.kandji.io/devices/${id}`],
		['iruUs', 'https://acme.api.iru.com', undefined],
	])('a device links to the web app where its host is known: %s', async (region, host, url) => {
		nock.current(host).get('/api/v1/devices').query(true).reply(200, [device]);
		const { results } = await searchList('searchDevices', undefined, undefined, {
			credential: { region, subdomain: 'acme', token: id },
		});
		expect(results).toEqual([{ name: "Ana's Mac (FVHHFKF7Q6L4)", value: id, url }]);
	});

	it('a next link to another host is read for its query only', async () => {
		const api = nock.current('https://acme.api.kandji.io');
		api
			.get('/api/v1/users')
			.reply(200, { next: 'https://evil.example/api/v1/users?cursor=abc', results: [] });
		const many = Array.from({ length: 60 }, (_, index) => ({ ...user, id: `${id}${index}` }));
		api
			.get('/api/v1/users')
			.reply(200, { next: 'https://evil.example/api/v1/users?cursor=abc', results: many });
		api
			.get('/api/v1/users')
			.query({ cursor: 'abc' })
			.reply(200, { next: null, results: [user] });
		const credential = { region: 'us', subdomain: 'acme', token: id };

		expect(await searchList('searchUsers', '', undefined, { credential })).toEqual({ results: [] });
		const first = await searchList('searchUsers', '', undefined, { credential });
		expect(first.results).toHaveLength(60);
		const second = await searchList('searchUsers', '', String(first.paginationToken), {
			credential,
		});
		expect(second).toEqual({ results: [{ name: 'Ana (ana@acme.example)', value: id }] });
	});

	it('fails when the API repeats a page, instead of asking on for ever', async () => {
		nock
			.current('https://acme.api.kandji.io')
			.get('/api/v1/users')
			.query(true)
			.times(3)
			.reply(200, { next: 'https://acme.kandji.io/api/v1/users?cursor=abc', results: [user] });
		await expect(
			searchList('searchUsers', 'nobody', undefined, {
				credential: { region: 'us', subdomain: 'acme', token: id },
			}),
		).rejects.toThrow('Kandji returned the same page twice');
	});

	it('fails when the response contains no list of records', async () => {
		nock
			.current('https://acme.api.kandji.io')
			.get('/api/v1/tags')
			.query(true)
			.reply(200, { count: 0 });
		await expect(
			searchList('searchTags', '', undefined, {
				credential: { region: 'us', subdomain: 'acme', token: id },
			}),
		).rejects.toThrow('contains no list of records');
	});
});
