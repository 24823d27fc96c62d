import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteSingleFunctions,
	INodeProperties,
} from 'n8n-workflow';

import { inputError } from '../../transport/http/errors';
import { safeFileName } from './fileName';
import type { Show } from './locators';

/** Makes the field that names the input field with the file. */
export const inputFileField = (
	what: string,
	overrides: Partial<INodeProperties> = {},
): INodeProperties => ({
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
	description: `Name of the input binary field that contains ${what}`,
	...overrides,
});

/** The name of the input field with the file; undefined when the field is not set in the collection. */
export const inputFieldName = (
	context: IExecuteSingleFunctions,
	collection?: string,
): string | undefined => {
	const fields =
		collection === undefined
			? { binaryPropertyName: context.getNodeParameter('binaryPropertyName') }
			: (context.getNodeParameter(collection, {}) as IDataObject);
	// An expression without a result leaves the field there, without a value.
	return 'binaryPropertyName' in fields
		? String(fields.binaryPropertyName ?? '').trim()
		: undefined;
};

/**
 * The item's file as a part of a multipart body. Its bytes are copied once.
 *
 * @throws NodeOperationError naming the field when the item has no such file, or an empty one
 */
export async function inputFile(context: IExecuteSingleFunctions, name: string): Promise<File> {
	const { binary = {} } = context.getInputData();
	const data = binary[name];
	if (data === undefined) {
		const names = Object.keys(binary);
		throw inputError(
			context,
			name === ''
				? 'Input Data Field Name is empty'
				: `The item has no file in the field "${name.slice(0, 80)}"`,
			names.length === 0
				? 'Nothing was sent. The item has no binary data: add a node before this one that reads or downloads the file.'
				: `Nothing was sent. Set Input Data Field Name to a binary field of the item: ${names.join(', ')}.`,
		);
	}
	const bytes = await context.helpers.getBinaryDataBuffer(name);
	if (bytes.length === 0) {
		throw inputError(
			context,
			'The file is empty',
			`Nothing was sent. Check the binary field "${name}".`,
		);
	}
	const { fileExtension, fileName } = data;
	const fallback = safeFileName(fileExtension ? `file.${fileExtension}` : '', 'file');
	const safeName = safeFileName(fileName, fallback);
	return new File([new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)], safeName, {
		type: data.mimeType,
	});
}

/** Makes the field that names the output field for a file. */
export const outputFileField = (show: Show): INodeProperties => ({
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the output binary field to put the file in',
	displayOptions: { show },
});

/** A file as the binary data of an output item, in the field that the user named. Its name must be a {@link safeFileName}. */
export async function outputFile(
	context: IExecuteSingleFunctions,
	...file: Parameters<IExecuteSingleFunctions['helpers']['prepareBinaryData']>
): Promise<IBinaryKeyData> {
	const field = String(context.getNodeParameter('binaryPropertyName', 'data')).trim() || 'data';
	return { [field]: await context.helpers.prepareBinaryData(...file) };
}
