/** What HTML's most common named entities stand for. */
export const entities: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
};

const decodedEntity = (match: string, name?: string, hex?: string, decimal?: string): string => {
	if (name !== undefined) return entities[name.toLowerCase()] ?? match;
	const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
	return code > 0x10ffff ? match : String.fromCodePoint(code);
};

/**
 * A text as one line without markup, for n8n's editor, which shows messages and descriptions as HTML: tags are left out
 * and entities decoded, and no character is left that starts a tag, controls a terminal or changes the direction.
 * Takes time in proportion to the text's length.
 */
export const plainText = (text: string): string =>
	text
		.replace(/&(?:(amp|lt|gt|quot|apos|nbsp)|#x([0-9a-f]{1,6})|#(\d{1,7}));/gi, decodedEntity)
		.replace(/<[a-z!/?][^<>]*>/gi, ' ')
		.replace(/</g, '‹')
		.replace(/>/g, '›')
		.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
		.replace(/\p{Cf}/gu, '')
		.trim();
