import type { INodeParameterResourceLocator } from 'n8n-workflow';
import type { Locator } from 'playwright-core';

/** What a dropdown of the open node shows. */
export const shownIn = async (panel: Locator, parameter: string): Promise<string> =>
	await panel.getByTestId(`parameter-input-${parameter}`).getByRole('combobox').inputValue();

/** All that a dropdown of the open node offers. */
export async function optionsOf(panel: Locator, parameter: string): Promise<string[]> {
	const options = await openOptions(panel, parameter);
	const names = await options.locator('.list-option .option-headline').allInnerTexts();
	await panel.page().keyboard.press('Escape');
	await options.first().waitFor({ state: 'hidden' });
	return names;
}

/** Chooses an option of a dropdown. */
export async function choose(panel: Locator, parameter: string, option: string): Promise<void> {
	const options = await openOptions(panel, parameter);
	await options.filter({ has: panel.page().getByText(option, { exact: true }) }).click();
	await options.first().waitFor({ state: 'hidden' });
}

async function openOptions(panel: Locator, parameter: string): Promise<Locator> {
	await panel.getByTestId(`parameter-input-${parameter}`).getByRole('combobox').click();
	const options = panel.page().getByRole('option').filter({ visible: true });
	await options.first().waitFor();
	return options;
}

/** Types into a text field. */
export async function fill(panel: Locator, parameter: string, text: string): Promise<void> {
	await panel.getByTestId(`parameter-input-${parameter}`).locator('input').fill(text);
}

/** What a picker leaves in its field: an id, and the text that the list showed. */
export const picked = (value: string, cachedResultName: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName,
});

/** Runs the open node until its output panel shows a text: of an item, or of the error. */
export async function executeStep(panel: Locator, expected: string | RegExp): Promise<void> {
	const button = panel.getByTestId('node-execute-button');
	await button.click();
	await panel.getByTestId('output-panel').getByText(expected).first().waitFor();
	await button.and(panel.locator(':not([aria-busy="true"])')).waitFor();
	await button.getByText(/Execute step|Fetch Test Event/).waitFor();
	// The colour under the pointer is not for pictures.
	await panel.page().mouse.move(0, 0);
}

/** Shows the items of the last run as a table or as JSON; n8n remembers it for the next node. */
export async function showOutputAs(panel: Locator, mode: 'table' | 'json'): Promise<void> {
	const button = panel.getByTestId('output-panel').getByTestId(`radio-button-${mode}`);
	await button.click();
	await button.and(panel.locator('[aria-checked="true"]')).waitFor();
}

/** Addresses of the pictures in a part of the page, once all are loaded; a broken one throws. */
export async function iconsIn(part: Locator): Promise<string[]> {
	return await part.locator('img').evaluateAll(async (images: Image[]) => {
		await Promise.all(images.map(async (image) => await image.decode()));
		return images.map(({ src }) => src);
	});
}

interface Image {
	src: string;
	decode(): Promise<void>;
}
