import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';

import { projectFolder } from '../../../scripts/n8n/environment';

const folder = path.join(projectFolder, 'docs', 'images');

/** What comes and goes by itself in n8n: its messages in the corner, and tooltips. */
const passing = '.el-notification, [role="tooltip"], .n8n-tooltip { display: none !important; }';

/**
 * Writes what the browser shows to docs/images/NAME.png, for the README, when that file is missing
 * or UPDATE_IMAGES is set.
 */
export async function picture(page: Page, name: string): Promise<void> {
	const file = path.join(folder, `${name}.png`);
	if (existsSync(file) && !process.env.UPDATE_IMAGES) return;
	const image = await page.screenshot({ animations: 'disabled', style: passing });
	await mkdir(folder, { recursive: true });
	await writeFile(file, image);
}
