import type { INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { regionHosts } from '../../credentials/baseUrl';
import { listSearch } from './listSearch/index';
import { adeDeviceDescription } from './resources/adeDevice/index';
import { adeIntegrationDescription } from './resources/adeIntegration/index';
import { apiRequestDescription } from './resources/apiRequest/index';
import { auditEventDescription } from './resources/auditEvent/index';
import { behavioralDetectionDescription } from './resources/behavioralDetection/index';
import { blueprintDescription } from './resources/blueprint/index';
import { blueprintRoutingDescription } from './resources/blueprintRouting/index';
import { customAppDescription } from './resources/customApp/index';
import { customProfileDescription } from './resources/customProfile/index';
import { customScriptDescription } from './resources/customScript/index';
import { deviceDescription } from './resources/device/index';
import { deviceActionDescription } from './resources/deviceAction/index';
import { deviceNoteDescription } from './resources/deviceNote/index';
import { deviceSecretDescription } from './resources/deviceSecret/index';
import { inHouseAppDescription } from './resources/inHouseApp/index';
import { libraryItemDescription } from './resources/libraryItem/index';
import { licenseDescription } from './resources/license/index';
import { getPrismFields } from './resources/prism/conditionFields';
import { prismDescription } from './resources/prism/index';
import { selfServiceCategoryDescription } from './resources/selfServiceCategory/index';
import { tagDescription } from './resources/tag/index';
import { threatDescription } from './resources/threat/index';
import { userDescription } from './resources/user/index';
import { vulnerabilityDescription } from './resources/vulnerability/index';
import {
	deviceField,
	dryRunField,
	ifNoneFoundField,
	returnUndoField,
} from './shared/fields/globalFields';
import { budgetRules } from './shared/fields/hourlyBudget';
import { redaction } from './shared/fields/personalData';
import { withOptions } from './shared/fields/sharedOptions';
import { subtitle } from './shared/fields/subtitle';
import { toolDescriptions } from './shared/fields/toolDescriptions';
import { toolFields } from './shared/fields/toolFields';
import { refuseRedactedUndo } from './shared/preSend/returnUndo';
import { fieldsOf, useForm } from './transport/http/context';
import { testCredential } from './transport/http/credentialTest';
import { singleRequest } from './transport/routing/singleRequest';
import { checkFields } from './transport/routing/fieldChecks';
import { awaitTurn, enqueueItem } from './transport/routing/itemQueue';
import { refuseForbiddenWrite } from './transport/routing/forbiddenWrites';
import { noteWords } from './transport/routing/words';

const resources = [
	...adeDeviceDescription,
	...adeIntegrationDescription,
	...apiRequestDescription,
	...auditEventDescription,
	...behavioralDetectionDescription,
	...blueprintDescription,
	...blueprintRoutingDescription,
	...customAppDescription,
	...customProfileDescription,
	...customScriptDescription,
	...deviceActionDescription,
	...deviceDescription,
	...deviceNoteDescription,
	...deviceSecretDescription,
	...inHouseAppDescription,
	...libraryItemDescription,
	...licenseDescription,
	...prismDescription,
	...selfServiceCategoryDescription,
	...tagDescription,
	...threatDescription,
	...userDescription,
	...vulnerabilityDescription,
];

const operations = resources.filter(({ name }) => name === 'operation');
const fields = resources.filter(({ name }) => name !== 'operation');

const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	// Every request of the node goes through transport: item queue, rate limiter and its own errors.
	routing: {
		send: {
			paginate: true,
			preSend: [enqueueItem, noteWords, checkFields(fieldsOf), awaitTurn, refuseForbiddenWrite],
		},
	},
	options: [
		{ name: 'ADE Device', value: 'adeDevice' },
		{ name: 'ADE Integration', value: 'adeIntegration' },
		{ name: 'API Request', value: 'apiRequest' },
		{ name: 'Audit Event', value: 'auditEvent' },
		{ name: 'Behavioral Detection', value: 'behavioralDetection' },
		{ name: 'Blueprint', value: 'blueprint' },
		{ name: 'Blueprint Routing', value: 'blueprintRouting' },
		{ name: 'Custom App', value: 'customApp' },
		{ name: 'Custom Profile', value: 'customProfile' },
		{ name: 'Custom Script', value: 'customScript' },
		{ name: 'Device', value: 'device' },
		{ name: 'Device Action', value: 'deviceAction' },
		{ name: 'Device Note', value: 'deviceNote' },
		{ name: 'Device Secret', value: 'deviceSecret' },
		{ name: 'In-House App', value: 'inHouseApp' },
		{ name: 'Library Item', value: 'libraryItem' },
		{ name: 'License', value: 'license' },
		{ name: 'Prism', value: 'prism' },
		{ name: 'Self Service Category', value: 'selfServiceCategory' },
		{ name: 'Tag', value: 'tag' },
		{ name: 'Threat', value: 'threat' },
		{ name: 'User', value: 'user' },
		{ name: 'Vulnerability', value: 'vulnerability' },
	],
	default: 'device',
};

const properties: INodeProperties[] = [
	resource,
	...operations,
	...toolDescriptions(operations, [deviceField, ...fields]),
	deviceField,
	...withOptions(
		[
			...fields,
			ifNoneFoundField,
			dryRunField(operations),
			returnUndoField(operations, refuseRedactedUndo),
		],
		operations,
		[redaction, ...budgetRules(operations, fields)],
	),
	...toolFields(operations),
];

export class Kandji implements INodeType {
	methods = { credentialTest: { testCredential }, listSearch, loadOptions: { getPrismFields } };

	description: INodeTypeDescription = {
		displayName: 'Kandji',
		name: 'kandji',
		icon: { light: 'file:../../icons/kandji.svg', dark: 'file:../../icons/kandji.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitle(resource, operations),
		description:
			'Manage Apple, Windows and Android devices in Kandji (Iru): read inventory and compliance, send MDM commands, and manage blueprints, users and tags',
		defaults: { name: 'Kandji' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kandjiApi', required: true, testedBy: 'testCredential' }],
		// Transport replaces the host with the tenant's. An expression here would be evaluated twice for each item.
		requestDefaults: { baseURL: `https://${regionHosts.us}` },
		requestOperations: { pagination: singleRequest },
		// Secrets in the output of Device Secret, Lock and Offboard. n8n redacts them in saved executions.
		sensitiveOutputFields: [
			'PIN',
			'device_based_albc',
			'key',
			'pin',
			'recovery_password',
			'user_based_albc',
		],
		properties,
	};

	constructor() {
		useForm(this.description.properties);
	}
}
