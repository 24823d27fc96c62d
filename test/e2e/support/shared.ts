import { N8nClient } from '../../../scripts/n8n/client';
import type { N8nInstallation } from '../../../scripts/n8n/install';
import type { Owner, Session } from '../../../scripts/n8n/types';

/** The n8n that the whole run shares. */
export interface SharedN8n {
	/** To start another n8n from, in a user folder of its own. */
	installation: N8nInstallation;
	url: string;
	/** The owner's; a browser signs in with the account below instead. */
	session: Session;
	owner: Owner;
}

const variable = 'KANDJI_E2E_SHARED_N8N';

/** Test files run in their own realm: what they are told goes through the environment. */
export function publishShared(shared: SharedN8n): void {
	process.env[variable] = JSON.stringify(shared);
}

/** @throws when it is not called from a run that globalSetup has started */
export function sharedN8n(): SharedN8n {
	const text = process.env[variable];
	if (text === undefined) throw new Error('Run this file with npm run test:e2e');
	return JSON.parse(text) as SharedN8n;
}

/** A client of the shared n8n, signed in as its owner. */
export function sharedClient(): N8nClient {
	const { url, session } = sharedN8n();
	return new N8nClient(url, session);
}
