import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { root, section } from './pages';

describe('SECURITY.md', () => {
	const promises = section('SECURITY.md', 'What is promised, and the test that shows it')
		.split(/^- /m)
		.slice(1);

	it.each(promises)('names the test of each promise: %s', (promise) => {
		const tests = [...promise.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);
		expect(tests).not.toEqual([]);
		expect(tests.filter((path) => !existsSync(join(root, path)))).toEqual([]);
	});
});
