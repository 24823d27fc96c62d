import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page, PageScreenshotOptions } from 'playwright-core';
import { decode, encode, toRGBA8, type Image } from 'upng-js';

import { projectFolder } from '../../../scripts/n8n/environment';

const folder = path.join(projectFolder, 'docs', 'images');

/** n8n fades its buttons in and out. */
const FADE_MS = 600;

/** Of all frames together, so that the file stays small. */
const COLOURS = 256;

/** A part of the window, in pixels. */
export type Box = NonNullable<PageScreenshotOptions['clip']>;

/** What comes and goes by itself in n8n: its messages in the corner, and tooltips. */
const passing = '.el-notification, [role="tooltip"], .n8n-tooltip { display: none !important; }';

/** Pictures are taken when their file is missing or UPDATE_IMAGES is set. */
const isWanted = (file: string) => !existsSync(file) || Boolean(process.env.UPDATE_IMAGES);

async function screenshot(page: Page, clip?: Box): Promise<Buffer> {
	await page.waitForTimeout(FADE_MS);
	return await page.screenshot({ animations: 'disabled', style: passing, clip });
}

async function save(file: string, image: Uint8Array): Promise<void> {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, image);
}

/**
 * Writes what the browser shows to docs/images/NAME.png, for the README.
 * @param part what to show of the window; all of it by default
 */
export async function picture(page: Page, name: string, part?: Box): Promise<void> {
	const file = path.join(folder, `${name}.png`);
	if (isWanted(file)) await save(file, await screenshot(page, part));
}

/** A picture that moves: what the browser shows at several moments, each for some seconds. */
export interface Film {
	take(page: Page, seconds: number): Promise<void>;
	/** Writes docs/images/NAME.png, as an animated PNG. */
	end(): Promise<void>;
}

export function film(name: string): Film {
	const file = path.join(folder, `${name}.png`);
	const frames: Array<{ image: Buffer; seconds: number }> = [];
	return {
		take: async (page, seconds) => {
			if (isWanted(file)) frames.push({ image: await screenshot(page), seconds });
		},
		end: async () => {
			if (frames.length === 0) return;
			const images = frames.map(({ image }) => decode(new Uint8Array(image).buffer));
			const [{ width, height }] = images as [Image];
			const pixels = images.flatMap((image) => toRGBA8(image));
			const delays = frames.map(({ seconds }) => seconds * 1000);
			await save(file, new Uint8Array(encode(pixels, width, height, COLOURS, delays)));
		},
	};
}
