import type { IDataObject, IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../../transport/http/errors';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';

/** Makes the field that names the input's file. */
export const inputFileField = (
	what: string,
	overrides: Partial<INodeProperties> = {},
): INodeProperties => ({
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
	description: `Name of the input's binary field that holds ${what}`,
	...overrides,
});

/** The name of the input's binary field, at the top level or in a collection; undefined when not set there. */
export const inputFieldName = (
	context: IExecuteSingleFunctions,
	collection?: string,
): string | undefined => {
	const fields =
		collection === undefined
			? { binaryPropertyName: context.getNodeParameter('binaryPropertyName') }
			: (context.getNodeParameter(collection, {}) as IDataObject);
	// An expression that gave nothing leaves the field there, without a value.
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
				? 'Nothing was sent. The item carries no file: put a node before this one that reads or downloads it.'
				: `Nothing was sent. Set Input Data Field Name to a field that the item has: ${names.join(', ')}.`,
		);
	}
	const bytes = await context.helpers.getBinaryDataBuffer(name);
	if (bytes.length === 0) {
		throw inputError(
			context,
			'The file is empty',
			`Nothing was sent. Look at the field "${name}".`,
		);
	}
	const { fileExtension, fileName = fileExtension ? `file.${fileExtension}` : 'file' } = data;
	return new File([new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)], fileName, {
		type: data.mimeType,
	});
}

/**
 * Makes a pre-send that turns the body into multipart, with the item's file as the field `file`.
 *
 * @param collection where Input Data Field Name is, when it is not at the top level; it may be left out there
 */
export const asMultipart = (collection?: string): PreSend =>
	preSend(async function (options) {
		const form = new FormData();
		for (const [key, value] of Object.entries((options.body ?? {}) as IDataObject)) {
			if (value !== undefined && value !== null) form.append(key, String(value));
		}
		const name = inputFieldName(this, collection);
		if (name !== undefined) form.append('file', await inputFile(this, name));
		options.body = form;
		return options;
	});
