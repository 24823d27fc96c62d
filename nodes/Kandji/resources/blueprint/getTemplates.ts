import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';

const showOnlyForBlueprintGetTemplates = { resource: ['blueprint'], operation: ['getTemplates'] };

/** A category with its templates, without the hundreds of parameters of each. */
function simplifiedCategory({ id, name, templates }: IDataObject): IDataObject {
	const rows = Array.isArray(templates) ? (templates as IDataObject[]) : [];
	return {
		id,
		name,
		templates: rows.map((row) => ({ id: row.id, name: row.name, description: row.description })),
	};
}

export const blueprintGetTemplatesDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForBlueprintGetTemplates),
	...simplify(showOnlyForBlueprintGetTemplates, simplifiedCategory),
];
