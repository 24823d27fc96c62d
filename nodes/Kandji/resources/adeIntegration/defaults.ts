import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { blueprintLocator } from '../../shared/fields/locators';
import { idOf } from '../../transport/routing/ids';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';

const showOnlyForAdeIntegrationWrites = {
	resource: ['adeIntegration'],
	operation: ['create', 'renew', 'update'],
};

/**
 * Makes a pre-send that adds to the body where new devices enroll: in a blueprint, or through Blueprint Routing.
 *
 * @param inForm true where the body is sent as a form, which cannot hold null
 */
export const sendTarget = ({ inForm }: { inForm: boolean }): PreSend =>
	preSend(async function (options) {
		const usesRouting = this.getNodeParameter('useBlueprintRouting', false) === true;
		const target: IDataObject = usesRouting
			? { use_blueprint_routing: true, ...(!inForm && { blueprint_id: null }) }
			: {
					blueprint_id: await idOf(this, 'blueprintId', this.getNodeParameter('blueprintId')),
					...(!inForm && { use_blueprint_routing: false }),
				};
		options.body = { ...(options.body as IDataObject), ...target };
		return options;
	});

/** The fields that the API requires in every create, renewal and update. */
export const adeIntegrationDefaults: INodeProperties[] = [
	{
		displayName: 'Use Blueprint Routing',
		name: 'useBlueprintRouting',
		type: 'boolean',
		default: false,
		displayOptions: { show: showOnlyForAdeIntegrationWrites },
		description:
			'Whether Blueprint Routing selects the blueprint of new devices, instead of a fixed blueprint',
	},
	blueprintLocator(
		{ ...showOnlyForAdeIntegrationWrites, useBlueprintRouting: [false] },
		{ description: 'Blueprint that new devices enroll in' },
	),
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. name@email.com',
		displayOptions: { show: showOnlyForAdeIntegrationWrites },
		description: 'Support email address shown in Setup Assistant',
		routing: { send: { type: 'body', property: 'email' } },
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. +1 415 555 0100',
		displayOptions: { show: showOnlyForAdeIntegrationWrites },
		description: 'Support phone number shown in Setup Assistant',
		routing: { send: { type: 'body', property: 'phone' } },
	},
];
