import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { inputError } from '../../transport/http/errors';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';

const appleTv = { name: 'Apple TV', value: 'tv' };
const appleVision = { name: 'Apple Vision', value: 'vision' };
const iPad = { name: 'iPad', value: 'ipad' };
const iPhone = { name: 'iPhone', value: 'iphone' };
const mac = { name: 'Mac', value: 'mac' };

/** Platforms of enrolled devices, as the API names them. */
export const devicePlatforms: INodePropertyOptions[] = [
	{ name: 'Android', value: 'Android' },
	{ name: 'Apple TV', value: 'AppleTV' },
	{ name: 'iPad', value: 'iPad' },
	{ name: 'iPhone', value: 'iPhone' },
	{ name: 'Mac', value: 'Mac' },
	{ name: 'Windows', value: 'Windows' },
];

/** Platforms of custom profiles. */
export const profilePlatforms: INodePropertyOptions[] = [appleTv, appleVision, iPad, iPhone, mac];

/** Platforms of in-house apps. */
export const inHousePlatforms: INodePropertyOptions[] = [appleTv, iPad, iPhone];

/** Makes the Platforms field; {@link sendPlatforms} sends it. */
export const platformsField = (
	platforms: INodePropertyOptions[],
	overrides: Partial<INodeProperties> = {},
): INodeProperties => ({
	displayName: 'Platforms',
	name: 'platforms',
	type: 'multiOptions',
	options: platforms,
	default: [],
	description: 'Platforms to install it on. Select at least one.',
	...overrides,
});

/**
 * Makes a pre-send that adds Platforms to the body, as one `runs_on_…` per platform.
 *
 * @param collection the collection with the field, where it is optional
 */
export const sendPlatforms = (platforms: INodePropertyOptions[], collection?: string): PreSend =>
	preSend(async function (options) {
		const chosen =
			collection === undefined
				? this.getNodeParameter('platforms', [])
				: (this.getNodeParameter(collection, {}) as IDataObject).platforms;
		if (chosen === undefined) return options;
		const values: unknown[] = Array.isArray(chosen) ? chosen : [chosen];
		const flags = platforms.map(({ value }) => [`runs_on_${value}`, values.includes(value)]);
		if (!flags.some(([, isChosen]) => isChosen)) {
			throw inputError(
				this,
				'Platforms is empty',
				`Nothing was sent. Select at least one platform. In an expression, use ${platforms.map(({ value }) => value).join(', ')}.`,
			);
		}
		options.body = { ...(options.body as IDataObject), ...Object.fromEntries(flags) };
		return options;
	});

/** Values of the platforms that a record is installed on; null if the record does not tell. */
export function chosenPlatforms(
	record: IDataObject,
	platforms: INodePropertyOptions[],
): string[] | null {
	const values = platforms.map(({ value }) => String(value));
	const isKnown = values.some((value) => typeof record[`runs_on_${value}`] === 'boolean');
	return isKnown ? values.filter((value) => record[`runs_on_${value}`] === true) : null;
}
