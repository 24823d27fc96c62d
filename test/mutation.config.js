const base = require('../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...base,
	rootDir: '..',
	// What runs the code that is mutated, and no more: every file costs seconds per mutant.
	roots: ['contract', 'operations', 'shared', 'transport', 'trigger'].map(
		(room) => `<rootDir>/test/${room}`,
	),
	// Tests load dist, as n8n does; here that leads to the sources, which are what is mutated.
	moduleNameMapper: { '^<rootDir>/dist/((?:nodes|credentials)/.*)\\.js$': '<rootDir>/$1.ts' },
};
