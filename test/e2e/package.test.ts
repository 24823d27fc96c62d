import type { INodeTypeDescription } from 'n8n-workflow';

import manifest from '../../package.json';
import { sharedClient } from './support/shared';

describe('the packed package in n8n', () => {
	const client = sharedClient();
	let nodeTypes: INodeTypeDescription[];

	beforeAll(async () => {
		nodeTypes = (await client.nodeTypes()).filter(({ name }) => name.startsWith(manifest.name));
	});

	it('loads every node that package.json names, and the node as an AI tool', () => {
		const names = nodeTypes.map(({ name }) => name);
		const nodes = manifest.n8n.nodes.map((file) => /(\w+)\.node\.js$/.exec(file)?.[1] ?? file);
		const expected = nodes.map(
			(name) => `${manifest.name}.${name[0]?.toLowerCase()}${name.slice(1)}`,
		);
		expect(names).toEqual(expect.arrayContaining([...expected, `${manifest.name}.kandjiTool`]));
		expect(names).toHaveLength(expected.length + 1);
	});

	it('serves a light and a dark icon for each', async () => {
		for (const { iconUrl } of nodeTypes) {
			expect(iconUrl).toEqual({ light: expect.any(String), dark: expect.any(String) });
			const { light, dark } = iconUrl as { light: string; dark: string };
			expect(light).not.toBe(dark);
			for (const icon of [light, dark]) await expectSvg(icon);
		}
	});

	it('serves the credential’s icons', async () => {
		const response = await client.fetch('GET', '/types/credentials.json');
		const types = (await response.json()) as Array<{
			name: string;
			iconUrl: { light: string; dark: string };
		}>;
		const iconUrl = types.find(({ name }) => name === 'kandjiApi')?.iconUrl;
		await expectSvg(iconUrl?.light ?? '');
		await expectSvg(iconUrl?.dark ?? '');
	});

	async function expectSvg(path: string): Promise<void> {
		const response = await client.fetch('GET', `/${path}`);
		expect(response.status).toBe(200);
		expect(response.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
		expect(await response.text()).toContain('<svg');
	}
});
