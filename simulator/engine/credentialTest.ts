import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';

import { createAdditionalData } from './additionalData';
import { MemoryCredentials, storedCredential, type KandjiCredential } from './credentials';
import { loadNodeType } from './engine';
import { loadPackage } from './package';

/**
 * The credential's "Test" button, as n8n's CredentialsTester: the function that the node names as `testedBy` gets the
 * decrypted credential.
 */
export async function credentialTest(
	credential: KandjiCredential,
	credentialType = 'kandjiApi',
): Promise<INodeCredentialTestResult> {
	const { description, methods } = await loadNodeType();
	const tested = description.credentials?.find(({ name }) => name === credentialType);
	const test = methods?.credentialTest?.[String(tested?.testedBy)];
	if (test === undefined) throw new Error(`${credentialType} has no test`);

	const loaded = await loadPackage();
	const credentials = new MemoryCredentials(loaded, credential);
	const additionalData = createAdditionalData(credentials);
	const data = (await credentials.getDecrypted(
		additionalData,
		storedCredential,
		credentialType,
		'internal',
	)) as ICredentialDataDecryptedObject;
	const context = new CredentialTestContext(additionalData);
	return await test.call(context, {
		...storedCredential,
		id: storedCredential.id ?? '',
		type: credentialType,
		data,
	});
}
