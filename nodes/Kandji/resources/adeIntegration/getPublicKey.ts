import type { IExecuteSingleFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { apiError } from '../../transport/http/errors';

const fileName = 'kandji_ade_public_key.pem';

/** The key as text and as a file, since Apple Business Manager takes a file. */
export async function asPemFile(
	this: IExecuteSingleFunctions,
	[item]: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	const publicKey = String(item?.json);
	if (!/-----END [A-Z ]+-----\s*$/.test(publicKey)) {
		throw apiError(this, {
			path: '/api/v1/integrations/apple/ade/public_key/',
			problem: 'Kandji’s answer is not a whole public key',
		});
	}
	const field = String(this.getNodeParameter('outputBinaryPropertyName', 'data')).trim() || 'data';
	const file = await this.helpers.prepareBinaryData(
		Buffer.from(publicKey),
		fileName,
		'application/x-pem-file',
	);
	return [{ json: { public_key: publicKey, file_name: fileName }, binary: { [field]: file } }];
}

export const adeIntegrationGetPublicKeyDescription: INodeProperties[] = [
	{
		displayName: 'Put Output File in Field',
		name: 'outputBinaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		displayOptions: { show: { resource: ['adeIntegration'], operation: ['getPublicKey'] } },
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
	},
];
