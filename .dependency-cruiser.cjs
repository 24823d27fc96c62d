// From the ground up: a file imports from its own layer and from those before it.
const layers = [
	['credentials', '^credentials/'],
	['transport/http', '^nodes/Kandji/transport/http/'],
	['transport/lists', '^nodes/Kandji/transport/lists/'],
	['transport/routing', '^nodes/Kandji/transport/routing/'],
	['shared/fields', '^nodes/Kandji/shared/fields/'],
	['shared/preSend', '^nodes/Kandji/shared/preSend/'],
	['shared/storage', '^nodes/Kandji/shared/storage/'],
	['listSearch', '^nodes/Kandji/listSearch/'],
	['resources', '^nodes/Kandji/resources/'],
	['trigger', '^nodes/Kandji/trigger/'],
	['nodes', '^nodes/Kandji/[^/]+\\.node\\.ts$'],
];
const paths = layers.map(([, path]) => path);

const upward = layers.slice(0, -1).map(([name, path], index) => ({
	name: `no-import-upward-from-${name}`,
	severity: 'error',
	from: { path },
	to: { path: paths.slice(index + 1) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		...upward,
		{
			name: 'no-file-outside-the-layers',
			severity: 'error',
			from: { path: '^nodes/', pathNot: paths },
			to: {},
		},
		{
			name: 'no-circle',
			severity: 'error',
			from: { path: '^(credentials|nodes)/' },
			to: { circular: true },
		},
		{
			name: 'no-circle-at-run-time',
			severity: 'error',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		{
			name: 'no-import-between-resources',
			severity: 'error',
			from: { path: '^nodes/Kandji/resources/([^/]+)/' },
			to: {
				path: '^nodes/Kandji/resources/',
				pathNot: [
					'^nodes/Kandji/resources/$1/',
					// One record that two resources return, and the commands that the actions wait for.
					'^nodes/Kandji/resources/adeDevice/simplified\\.ts$',
					'^nodes/Kandji/resources/device/getCommands\\.ts$',
				],
			},
		},
		{
			name: 'no-development-code-in-the-package',
			severity: 'error',
			from: { path: '^(credentials|nodes)/' },
			to: { path: '^(simulator|scripts|test)/' },
		},
		{
			name: 'no-import-into-the-simulator',
			comment: 'It stands for Kandji and n8n, so it must not share code with what it tests.',
			severity: 'error',
			from: { path: '^simulator/' },
			to: { path: '^(credentials|nodes|scripts|test)/' },
		},
		{
			name: 'no-test-run-by-an-import',
			severity: 'error',
			from: {},
			to: { path: '\\.test\\.ts$' },
		},
	],
	options: {
		tsConfig: { fileName: 'test/tsconfig.json' },
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
	},
};
