import { isVersionAtLeast } from '../../nodes/Kandji/shared/versions';

describe('isVersionAtLeast', () => {
	it.each<[string, string, boolean | undefined]>([
		['15.6.1', '15.6', true],
		['15.6', '15.6.0', true],
		['15.6', '15.6.1', false],
		['9.9', '10', false],
		['10', '9.9', true],
		['15', '15.0.0', true],
		['4.5.9 (5160)', '4.5.9', true],
		['4.5.9 (5160)', '4.5.10', false],
		['4.5.9 (5160)', '4.5.9 (5160)', true],
		['4.5.9 (5159)', '4.5.9 (5160)', false],
		['4.5.9', '4.5.9 (5160)', false],
		['15 (24A335)', '15.6', false],
		['24H2', '23H2', true],
		['22H2', '23H2', false],
		['10.0.26100.6584', '10.0.26100', true],
		['10.0.22631.5909', '10.0.26100', false],
		['1.0.00002.0002', '1.0.2.2', true],
		['20250101123456789012', '20250101123456789013', false],
		['20250101123456789013', '20250101123456789012', true],
		['v2.1', '2.0', true],
		['macOS 15.6', '15.6', true],
		['139.0.7258.67-beta', '139.0.7258.67', true],
		['', '1', undefined],
		['unknown', '1', undefined],
		['1', 'latest', undefined],
	])('%s is at least %s: %s', (version, minimum, expected) => {
		expect(isVersionAtLeast(version, minimum)).toBe(expected);
	});

	it('is an order: of two versions at least one is at least the other, and the order has no circle', () => {
		const versions = ['0', '1', '1.0', '1.0.1', '1.1 (3)', '1.1 (4)', '2', '10', '24H1', '24H2'];
		for (const one of versions) {
			expect(isVersionAtLeast(one, one)).toBe(true);
			for (const other of versions) {
				const isAbove = isVersionAtLeast(one, other)!;
				const isBelow = isVersionAtLeast(other, one)!;
				expect(isAbove || isBelow).toBe(true);
				for (const third of versions) {
					if (isAbove && isVersionAtLeast(other, third)) {
						expect(isVersionAtLeast(one, third)).toBe(true);
					}
				}
			}
		}
	});
});
