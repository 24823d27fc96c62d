import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page, PageScreenshotOptions } from 'playwright-core';

import { projectFolder } from '../../../scripts/n8n/environment';

const folder = path.join(projectFolder, 'docs', 'images');

/** n8n fades its buttons in and out. */
const FADE_MS = 600;

/** A part of the window, in pixels. */
export type Box = NonNullable<PageScreenshotOptions['clip']>;

/** What comes and goes by itself in n8n: its messages in the corner, and tooltips. */
const passing = '.el-notification, [role="tooltip"], .n8n-tooltip { display: none !important; }';

/**
 * Writes what the browser shows to docs/images/NAME.png, for the README, when that file is missing
 * or UPDATE_IMAGES is set.
 * @param part what to show of the window; all of it by default
 */
export async function picture(page: Page, name: string, part?: Box): Promise<void> {
	const file = path.join(folder, `${name}.png`);
	if (existsSync(file) && !process.env.UPDATE_IMAGES) return;
	await page.waitForTimeout(FADE_MS);
	const image = await page.screenshot({ animations: 'disabled', style: passing, clip: part });
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, image);
}
