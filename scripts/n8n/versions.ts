/** The n8n that `npm start` and the end-to-end tests run; the variable N8N_VERSION overrides it. */
export const PINNED_N8N_VERSION = '2.41.1';

/** The versions of n8n that the README promises, newest first, and how each was run. */
export const testedVersions: Record<string, { node: string; how: string }> = {
	[PINNED_N8N_VERSION]: {
		node: '24',
		how: 'all tests, with the packed package; the newest that npm installs',
	},
	'2.0.0': {
		node: '24',
		how: 'the end-to-end tests but those of the editor and of queue mode; the oldest n8n 2',
	},
};
