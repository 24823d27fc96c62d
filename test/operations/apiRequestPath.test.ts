import { isSafePath } from '../../nodes/Kandji/resources/apiRequest/path';
import { expectLinear } from '../timing';

const dots = [
	'.',
	'%2e',
	'%2E',
	'%252e',
	'%25252E',
	'．',
	'%EF%BC%8E',
	'%c0%ae',
	'%u002e',
	'&#46;',
	'\\u002e',
];
const slashes = [
	'/',
	'\\',
	'%2f',
	'%5C',
	'%252f',
	'／',
	'%EF%BC%8F',
	'%c0%af',
	';/',
	'/;',
	'\t/',
	'/\n',
	'%09/',
	'/%0a',
	'%00/',
	'/ ',
];

describe('a path of API Request', () => {
	it.each([
		'/api/v1/devices',
		'/api/v1/blueprints/templates/',
		'/api/v2/threat/details',
		'/api/v1/',
		'/api/v1/tags/Sales%20%26%20Ops',
		'/api/v1/users/ana%40acme.example',
		'/api/v1/names/M%C3%BCller',
		'/api/v1/files/.hidden',
		'/api/v1/files/a..b',
		'/api/v1/files/...',
	])('may be %s', (path) => {
		expect(isSafePath(path)).toBe(true);
	});

	it('has no dot segment in any spelling', () => {
		const segments = [
			...dots,
			...dots.flatMap((first) => dots.map((second) => first + second)),
			...['\t', '\n', '\r', '%09', '%0a', '%0D', '%00', ' ', '%20', '\u200b', '%E2%80%8B'].flatMap(
				(between) => [`.${between}.`, `${between}..`, `..${between}`, `.${between}`],
			),
			'‥',
			'%E2%80%A5',
		];
		for (const segment of segments) {
			for (const slash of slashes) {
				for (const path of [
					`/api/v1/a${slash}${segment}${slash}b`,
					`/api/v1/a${slash}${segment}`,
					`/api/v1/${segment}${slash}b`,
				]) {
					expect([path, isSafePath(path)]).toEqual([path, false]);
				}
			}
		}
	});

	it.each([
		'',
		'/',
		'/api',
		'/api/v1',
		'/api/v1//devices',
		'/api/v1/devices//',
		'/api/vx/devices',
		'/admin',
		'//evil.example/api/v1/devices',
		'https://evil.example/api/v1/devices',
		'/api/v1/devices?limit=1',
		'/api/v1/devices%3Flimit',
		'/api/v1/devices#x',
		'/api/v1/a%2Fb',
		'/api/v1/100%',
		'/api/v1/%zz',
		'/api/v1/%ff',
		'/api/v1/a%0d%0aX: y',
		'/api/v1/devices\n',
	])('is not %j', (path) => {
		expect(isSafePath(path)).toBe(false);
	});

	it('is checked in a time in proportion to its length', () => {
		for (const unit of ['a', '/', '.', '../', '%2e', '%C3%BC', 'a/']) {
			expect(() =>
				expectLinear(isSafePath, (length) => `/api/v1/${unit.repeat(length / unit.length)}!`),
			).not.toThrow();
			expect(() =>
				expectLinear(isSafePath, (length) => `/api/v1/${unit.repeat(length / unit.length)}`),
			).not.toThrow();
		}
	});
});
