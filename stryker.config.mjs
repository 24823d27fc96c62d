export default {
	testRunner: 'jest',
	testRunnerNodeArgs: ['--experimental-vm-modules'],
	jest: { configFile: 'test/mutation.config.js', enableFindRelatedTests: false },
	coverageAnalysis: 'perTest',
	// A constant that is read while a module loads would need every test for every mutant.
	ignoreStatic: true,
	mutate: [
		'nodes/Kandji/transport/**/*.ts',
		'nodes/Kandji/trigger/**/*.ts',
		'nodes/Kandji/shared/preSend/confirm.ts',
		'nodes/Kandji/resources/user/offboard*.ts',
		// Descriptions of fields are data; test/structure checks them.
		'!nodes/Kandji/trigger/fields.ts',
		'!nodes/Kandji/trigger/feedFilterFields.ts',
	],
	incremental: true,
	incrementalFile: 'reports/mutation/incremental.json',
	reporters: ['html', 'json', 'clear-text', 'progress-append-only'],
	clearTextReporter: { allowColor: false, logTests: false },
	thresholds: { high: 95, low: 85, break: 85 },
	concurrency: 2,
	timeoutMS: 60_000,
	cleanTempDir: 'always',
	dryRunTimeoutMinutes: 60,
	ignorePatterns: ['docs', '.ci', '.github'],
};
