import type {
	IDataObject,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { apiError } from '../../transport/http/errors';
import { idsOf } from '../../transport/routing/singleRequest';
import { preSend } from '../../transport/routing/itemQueue';

const showOnlyForGetEnrollmentProfile = {
	resource: ['blueprint'],
	operation: ['getEnrollmentProfile'],
};

/** Asks for the sign-in address. The API knows the value `true` only, so nothing is sent for "no". */
export const askForSignIn = preSend(async function (options) {
	if (this.getNodeParameter('sso', false) !== true) return options;
	return { ...options, qs: { ...options.qs, sso: 'true' } };
});

const fileNameOf = (headers: IDataObject): string =>
	/filename="?([^";/\\]+)/i.exec(String(headers['content-disposition'] ?? ''))?.[1]?.trim() ??
	'kandji-enroll.mobileconfig';

/** The profile as a file, or the address as JSON: the API decides by the blueprint's settings. */
export async function profileOrAddress(
	this: IExecuteSingleFunctions,
	_items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	const content = Buffer.from(response.body as Buffer);
	const mimeType = String(response.headers['content-type'] ?? '').split(';')[0] ?? '';
	const fail = (problem: string) =>
		apiError(this, {
			path: '/api/v1/blueprints/{blueprint_id}/ota-enrollment-profile',
			ids: idsOf(response),
			problem,
		});
	if (/json/.test(mimeType)) {
		const json = parsed(content);
		if (json === undefined) throw fail('Kandji’s answer was cut off before its end');
		return [{ json: { ...idsOf(response), ...json } }];
	}
	if (content.length === 0) throw fail('Kandji sent an empty answer');
	if (/html/.test(mimeType)) throw fail('Kandji answered with a web page instead of a profile');
	const name = String(this.getNodeParameter('binaryPropertyName', 'data')).trim() || 'data';
	const file = await this.helpers.prepareBinaryData(
		content,
		fileNameOf(response.headers),
		mimeType || 'application/x-apple-aspen-config',
	);
	return [{ json: { ...idsOf(response) }, binary: { [name]: file } }];
}

function parsed(content: Buffer): IDataObject | undefined {
	try {
		return JSON.parse(content.toString()) as IDataObject;
	} catch {
		return undefined;
	}
}

export const blueprintGetEnrollmentProfileDescription: INodeProperties[] = [
	{
		displayName: 'Return Sign-In URL',
		name: 'sso',
		type: 'boolean',
		default: false,
		displayOptions: { show: showOnlyForGetEnrollmentProfile },
		description:
			'Whether to return the address where users sign in to get the profile, for blueprints that require authentication; the others return the profile all the same',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
		displayOptions: { show: showOnlyForGetEnrollmentProfile },
		description: 'Name of the binary field that holds the profile in the output',
	},
];
