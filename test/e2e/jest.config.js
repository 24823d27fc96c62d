const base = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...base,
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	// These kill processes or drive a browser; they need a machine that is not busy.
	testPathIgnorePatterns: process.env.E2E_ALL
		? ['/node_modules/']
		: ['/node_modules/', '/test/e2e/(trigger|queue|editor\\w*)\\.test\\.ts$'],
	globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/globalTeardown.ts',
	testTimeout: 300_000,
};
