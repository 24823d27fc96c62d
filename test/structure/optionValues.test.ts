import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { KandjiTrigger } from '../../nodes/Kandji/KandjiTrigger.node';
import optionValues from './optionValues.json';

type Values = Array<string | number | boolean>;

/** Every field with fixed options, by the place where it is shown, with the values of its options. */
function valuesOf(property: INodeProperties, place: string): Array<[string, Values]> {
	const path = `${place}${property.name}`;
	if (property.type === 'options' || property.type === 'multiOptions') {
		const options = (property.options ?? []) as INodePropertyOptions[];
		return [[path, options.map(({ value }) => value)]];
	}
	return ((property.options ?? []) as INodeProperties[]).flatMap((option) => {
		const nested =
			'values' in option ? (option as unknown as { values: INodeProperties[] }).values : [option];
		return nested.flatMap((field) => valuesOf(field, `${path}.`));
	});
}

const placeOf = ({ displayOptions }: INodeProperties): string => {
	const { resource = [], operation = [] } = displayOptions?.show ?? {};
	return [...(resource as string[]), ...(operation as string[])]
		.map((name) => `${name} › `)
		.join('');
};

const tableOf = ({ name, properties }: INodeTypeDescription): Array<[string, Values]> =>
	properties.flatMap((property) => valuesOf(property, `${name}: ${placeOf(property)}`));

it('offers exactly the values in optionValues.json, which the API and saved workflows rely on', () => {
	const table = [new Kandji(), new KandjiTrigger()].flatMap(({ description }) =>
		tableOf(description),
	);
	expect(Object.fromEntries(table)).toEqual(optionValues);
	expect(new Set(table.map(([place]) => place)).size).toBe(table.length);
});
