import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded source of randomness: the same seed gives the same sequence on every machine. */
export interface Random {
	/** Integer from `min` to `max`, both included. */
	int(min: number, max: number): number;
	/** True in `percent` of 100 cases. */
	chance(percent: number): boolean;
	pick<T>(items: readonly T[]): T;
	/** Picks by weight; the weights need not add up to anything. */
	weighted<T>(items: ReadonlyArray<readonly [number, T]>): T;
	/** `length` characters of `alphabet`. */
	text(length: number, alphabet: string): string;
	hex(length: number): string;
	uuid(): string;
}

const HEX = '0123456789abcdef';
// Thousands of values are drawn for a tenant, and looking up a global is slow inside jest.
const { floor } = Math;

/** Builds a {@link Random} from a 32-bit seed. */
export function createRandom(seed: number): Random {
	const generator = xoroshiro128plus(seed);
	const next = () => generator.next() >>> 0;
	const int = (min: number, max: number) => min + floor((next() / 0x1_0000_0000) * (max - min + 1));
	const pick = <T>(items: readonly T[]): T => items[next() % items.length] as T;
	const text = (length: number, alphabet: string) => {
		let result = '';
		for (let index = 0; index < length; index++) result += alphabet[next() % alphabet.length];
		return result;
	};
	const word = () => next().toString(16).padStart(8, '0');
	return {
		int,
		pick,
		text,
		chance: (percent) => next() % 1000 < percent * 10,
		weighted: (items) => {
			let total = 0;
			for (const entry of items) total += entry[0];
			let left = next() % total;
			for (const entry of items) {
				if (left < entry[0]) return entry[1];
				left -= entry[0];
			}
			throw new RangeError('weighted() needs at least one item');
		},
		hex: (length) => text(length, HEX),
		uuid: () => {
			const [a, b, c, d] = [word(), word(), word(), word()];
			const variant = HEX[8 + (HEX.indexOf(c.charAt(0)) % 4)];
			return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
		},
	};
}

/** FNV-1a: a 32-bit hash of a text, so that derived data need not be stored. */
export function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	}
	return value >>> 0;
}

/** A generator that depends on nothing but `seed` and `key`. */
export function randomFor(seed: number, key: string): Random {
	return createRandom((hash(key) ^ Math.imul(seed, 0x9e3779b1)) | 0);
}
