import type { ContractCase, Exchange } from '../../test/contract/contractCase';

/** What operations take whose number of requests depends on what they find; the others take what the contract says. */
const variable: Record<string, string> = {
	'adeIntegration.delete': '1, or 2 with its check',
	'apiRequest.send': '1, or 1 for each page with Return All',
	'blueprint.delete': '1, or 2 with its check',
	'customApp.create': '2, and the upload to Kandji’s storage',
	'customApp.update': '1; with a file 2, and the upload to Kandji’s storage',
	'device.addTags':
		'1, and 2 if tags are missing on the device; 1 for each tag to create; the tenant’s tags once per run',
	'device.assignUser': '1; users are read once per run',
	'device.checkCompliance':
		'none of its own: 1 for each page of 300 devices, and of the rows of each Prism category, library item or list of threats that the rules need, once per run',
	'device.count': '1; with filters that the API does not have 1 for each page of 300 devices',
	'device.find':
		'1 to 3, as the API filters by what is looked for; from the fourth item on all devices are read once per run',
	'device.getFullRecord': '7, and 1 for each further page of a list',
	'device.moveToBlueprint': '1; blueprints are read once per run',
	'device.removeTags': '1, and 2 if the device has one of them',
	'device.syncFromTable':
		'none for a device without differences, else 1 (2 with a new name), and 1 for each tag to create; devices, users, blueprints, tags and ADE devices are read once per run, as far as the table needs them',
	'device.undo': '1, and 1 to 2 if something is put back',
	'device.update':
		'1, or 2 with Return Undo; none for a device that was found by serial number, name or email and has the values already',
	'inHouseApp.create':
		'3, and the upload to Kandji’s storage; 1 more each time Kandji still processes it',
	'inHouseApp.update':
		'1; with a file 3, and the upload to Kandji’s storage, and 1 more each time Kandji still processes it',
	'prism.export':
		'2, 1 more each time the export is not ready, and the download from Kandji’s storage',
	'user.offboard':
		'2, then 1 to 3 for each step of each device, and 1 to delete the user; 1 for each page of 300 devices',
};

const isToApi = ({ request }: Exchange): boolean => request.origin === undefined;

/** How many requests the simplest row of the contract sends to the API. */
const fixed = (rows: ContractCase[]): number =>
	Math.min(...rows.map((row) => [...(row.before ?? []), row].filter(isToApi).length));

/**
 * How many requests an operation takes for each item, besides those that find its records.
 *
 * @param operation as in the contract, such as `device.get`
 * @param isList whether it has Return All
 */
export function requestsOf(operation: string, isList: boolean, contract: ContractCase[]): string {
	const rows = contract.filter((row) => row.operation === operation);
	const text = variable[operation];
	if (text !== undefined) return text;
	const count = fixed(rows);
	if (count !== 1) throw new Error(`${operation} takes ${count} requests: say when`);
	return isList ? '1 for each page' : '1';
}

/** The operations of {@link variable} that there are no more. */
export const unknownOperations = (contract: ContractCase[]): string[] =>
	Object.keys(variable).filter((operation) => !contract.some((row) => row.operation === operation));
