const base = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...base,
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testPathIgnorePatterns: [
		'/node_modules/',
		// In other versions the editor's elements have other names, and a killed worker's executions other ends.
		...(process.env.N8N_VERSION ? ['/test/e2e/(editor\\w*|queue)\\.test\\.ts$'] : []),
	],
	globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/globalTeardown.ts',
	testTimeout: 300_000,
};
