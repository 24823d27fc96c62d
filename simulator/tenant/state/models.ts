/** The API's platform names. */
export const PLATFORMS = ['Mac', 'iPhone', 'iPad', 'AppleTV', 'Windows', 'Android'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** A model: the name the API prints, its identifier, and what people call theirs ("MacBook Air"). */
export interface Model {
	name: string;
	identifier: string;
	short: string;
	chip: string;
}

const model = (name: string, identifier: string, short: string, chip = ''): Model => ({
	name,
	identifier,
	short,
	chip,
});

export const MODELS: Record<Platform, readonly Model[]> = {
	Mac: [
		model('MacBook Air (M1, 2020)', 'MacBookAir10,1', 'MacBook Air', 'Apple M1'),
		model('MacBook Air (13-inch, M3, 2024)', 'Mac15,12', 'MacBook Air', 'Apple M3'),
		model('MacBook Pro (14-inch, M4, 2024)', 'Mac16,1', 'MacBook Pro', 'Apple M4'),
		model('MacBook Pro (16-inch, 2019)', 'MacBookPro16,1', 'MacBook Pro', 'Intel Core i9'),
		model('Mac mini (M2, 2023)', 'Mac14,3', 'Mac mini', 'Apple M2'),
		model('iMac (24-inch, M1, 2021)', 'iMac21,1', 'iMac', 'Apple M1'),
		model('Virtual Machine', 'VirtualMac2,1', 'VM', 'Apple processor'),
	],
	iPhone: [
		model('iPhone 15 Pro', 'iPhone16,1', 'iPhone'),
		model('iPhone 13', 'iPhone14,5', 'iPhone'),
		model('iPhone SE (3rd generation)', 'iPhone14,6', 'iPhone'),
	],
	iPad: [
		model('iPad (8th generation) (Wi-Fi)', 'iPad11,6', 'iPad'),
		model('iPad Air (4th generation) Wi-Fi + Cellular', 'iPad13,2', 'iPad'),
		model('iPad Pro (11-inch) (4th generation)', 'iPad14,3', 'iPad'),
	],
	AppleTV: [
		model('Apple TV 4K (2nd generation)', 'AppleTV11,1', 'Apple TV'),
		model('Apple TV 4K (3rd generation)', 'AppleTV14,1', 'Apple TV'),
	],
	Windows: [
		model('Surface Laptop 6 for Business', 'Surface Laptop 6', 'Surface'),
		model('Latitude 7440', 'Latitude 7440', 'Latitude'),
	],
	Android: [model('Pixel 9', 'Pixel 9', 'Pixel 9'), model('Galaxy S24', 'SM-S921B', 'Galaxy S24')],
};

/** True where the model has a modem, which eSIM, hotspot and roaming commands need. */
export function isCellular(platform: Platform, modelName: string): boolean {
	return platform === 'iPhone' || platform === 'Android' || modelName.includes('Cellular');
}

/** One operating system release: version, build, marketing name, rapid response letter. */
export interface Release {
	version: string;
	build: string;
	marketing: string | null;
	extra: string;
}

type Weighted = readonly [number, Release];

const release = (
	weight: number,
	version: string,
	build: string,
	marketing: string | null = null,
	extra = '',
): Weighted => [weight, { version, build, marketing, extra }];

/** Releases with their share in the fleet. */
export const RELEASES: Record<Platform, readonly Weighted[]> = {
	Mac: [
		release(45, '15.6.1', '24G90', 'Sequoia'),
		release(20, '15.5', '24F74', 'Sequoia'),
		release(15, '14.7.8', '23H730', 'Sonoma'),
		release(10, '26.0.1', '25A362', 'Tahoe'),
		release(6, '13.4.1', '22F770820d', 'Ventura', '(c)'),
		release(3, '11.7.10', '20G1427', 'Big Sur'),
		release(1, '10.15.7', '19H15', 'Catalina'),
	],
	iPhone: [
		release(70, '18.6.2', '22G100'),
		release(25, '17.5.1', '21F90'),
		release(5, '15.6', '19G71'),
	],
	iPad: [
		release(70, '18.6.2', '22G100'),
		release(25, '17.5.1', '21F90'),
		release(5, '16.1.1', '20B101'),
	],
	AppleTV: [release(80, '18.6', '22M84'), release(20, '16.0', '20J373')],
	Windows: [release(70, '24H2', '10.0.26100.6584'), release(30, '23H2', '10.0.22631.5909')],
	Android: [release(70, '15', 'AP4A.241205.013'), release(30, '14', 'UP1A.231005.007')],
};
