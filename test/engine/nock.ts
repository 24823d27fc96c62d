/** nock's default export. It is an ES module only, hence the dynamic import and the attribute. */
export type Nock = (typeof import('nock', { with: { 'resolution-mode': 'import' } }))['default'];

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
	let nock: Nock | undefined;
	beforeAll(async () => {
		nock = (await import('nock')).default;
		if (!nock.isActive()) nock.activate();
		nock.disableNetConnect();
		nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/);
	});
	afterEach(() => nock?.cleanAll());
	afterAll(() => nock?.restore());
	return {
		get current() {
			if (nock === undefined) throw new Error('nock is ready only once the tests run');
			return nock;
		},
	};
}
