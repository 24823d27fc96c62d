import { build } from '../../scripts/n8n/build';
import { N8nClient } from '../../scripts/n8n/client';
import { installN8n } from '../../scripts/n8n/install';
import { createUserFolder, removeUserFolder } from '../../scripts/n8n/pack';
import { startN8n } from '../../scripts/n8n/server';
import { publishShared } from './support/shared';

const owner = {
	email: 'owner@example.com',
	firstName: 'Test',
	lastName: 'Owner',
	password: 'Password-1',
};

declare global {
	var stopSharedN8n: (() => Promise<void>) | undefined;
}

/** Starts the one n8n that all files share which do not need one of their own. */
export default async function globalSetup(): Promise<void> {
	await build();
	const installation = await installN8n((progress) => {
		process.stderr.write(`Installing n8n: ${progress}\n`);
	});
	const userFolder = await createUserFolder();
	const n8n = await startN8n({ installation, userFolder });
	globalThis.stopSharedN8n = async () => {
		await n8n.stop();
		await removeUserFolder(userFolder);
	};
	const client = new N8nClient(n8n.url);
	await client.setUpOwner(owner);
	publishShared({ installation, url: n8n.url, session: client.session, owner });
}
