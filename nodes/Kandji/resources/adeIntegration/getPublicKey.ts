import type { IExecuteSingleFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { outputFile, outputFileField } from '../../shared/fields/files';
import { apiError } from '../../transport/http/errors';

const fileName = 'kandji_ade_public_key.pem';

/** Returns the key as text and as a file, since Apple Business Manager asks for a file. */
export async function asPemFile(
	this: IExecuteSingleFunctions,
	[item]: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	const publicKey = String(item?.json);
	if (!/-----END [A-Z ]+-----\s*$/.test(publicKey)) {
		throw apiError(this, {
			path: '/api/v1/integrations/apple/ade/public_key/',
			problem: 'Kandji returned an incomplete public key',
		});
	}
	const binary = await outputFile(this, Buffer.from(publicKey), fileName, 'application/x-pem-file');
	return [{ json: { public_key: publicKey, file_name: fileName }, binary }];
}

export const adeIntegrationGetPublicKeyDescription: INodeProperties[] = [
	outputFileField({ resource: ['adeIntegration'], operation: ['getPublicKey'] }),
];
