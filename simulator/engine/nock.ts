import type nock from 'nock' with { 'resolution-mode': 'import' };

/** nock's default export; it is an ES module only, hence the attribute and the dynamic import. */
export type Nock = typeof nock;

/**
 * nock for one test file: no request leaves the machine, loopback stays open for the simulated tenant,
 * and what a test left unused is dropped after it. Needs `NODE_OPTIONS=--experimental-vm-modules`.
 *
 * nock patches the process's http across jest's module registries, so without the restore at the end
 * of the file another one would be answered by this one's interceptors.
 *
 * Call it inside `describe` or at the top of the file; read `current` inside tests only:
 *
 *     const nock = useNock();
 *     it('…', async () => { nock.current('https://acme.api.kandji.io').get(…).reply(…) });
 */
export function useNock(): { readonly current: Nock } {
	let loaded: Nock | undefined;
	beforeAll(async () => {
		loaded = (await import('nock')).default;
		if (!loaded.isActive()) loaded.activate();
		loaded.disableNetConnect();
		loaded.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/);
	});
	afterEach(() => loaded?.cleanAll());
	afterAll(() => loaded?.restore());
	return {
		get current() {
			if (loaded === undefined) throw new Error('nock is ready only once the tests run');
			return loaded;
		},
	};
}
