import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';

import type { IdParameterName } from './ids';
import { apiNameOf, locatorFor, lookupOf, namesIn } from './ids';
import type { PreSend } from './itemQueue';
import { identifiedFor, setWords } from './itemQueue';

/** What the output calls the text of a field that identifies a record. */
function keyFor(parameter: IdParameterName, mode: string): string {
	if (parameter === 'serialNumber') return 'serial_number';
	const apiName = apiNameOf(parameter);
	if (mode === 'id' || mode === 'list') return apiName;
	if (mode === 'any') return apiName.replace(/_id$/, '');
	// Where the API has a filter for it, that is the name of the record's field.
	const { filter = '' } = lookupOf(parameter, mode) ?? {};
	if (mode !== 'name' && filter !== '') return filter;
	return apiName.replace(/_id$/, `_${mode}`);
}

/**
 * What the fields of an item call the record of its request, as `{ serial_number: 'FVHHFKF7Q6L4' }`, with the IDs that
 * are known by now.
 *
 * @param template the path of the request
 */
async function wordsIn(context: IExecuteSingleFunctions, template: string): Promise<IDataObject> {
	const words: IDataObject = {};
	for (const parameter of namesIn(template)) {
		const given = context.getNodeParameter(parameter, '');
		if (parameter === 'undo') {
			const { device_id, serial_number } = Object(given) as IDataObject;
			return { device_id, serial_number };
		}
		const { mode, value } = locatorFor(context, parameter, given);
		if (value === '') continue;
		words[keyFor(parameter, mode)] = value;
		const found = identifiedFor(context).get(parameter);
		const id = await found?.then((record) => record.id).catch(() => undefined);
		if (id !== undefined) words[apiNameOf(parameter)] = id;
	}
	return words;
}

/** Pre-send that remembers how to tell what the item's fields call its record, for an output without the record. */
export const noteWords: PreSend = async function (options) {
	const template = options.url ?? '';
	setWords(this, async () => await wordsIn(this, template));
	return options;
};
