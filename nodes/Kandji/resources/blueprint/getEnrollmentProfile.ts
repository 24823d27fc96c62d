import type {
	IDataObject,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { safeFileName } from '../../shared/fields/fileName';
import { outputFile, outputFileField } from '../../shared/fields/files';
import { apiError } from '../../transport/http/errors';
import { idsOf } from '../../transport/routing/singleRequest';
import { preSend } from '../../transport/routing/itemQueue';

const showOnlyForGetEnrollmentProfile = {
	resource: ['blueprint'],
	operation: ['getEnrollmentProfile'],
};

/** Requests the sign-in URL. The API accepts no other value than `true`. */
export const askForSignIn = preSend(async function (options) {
	if (this.getNodeParameter('returnSignInUrl', false) !== true) return options;
	return { ...options, qs: { ...options.qs, sso: 'true' } };
});

const fileNameOf = (headers: IDataObject): string =>
	safeFileName(
		/filename="?([^";]+)/i.exec(String(headers['content-disposition'] ?? ''))?.[1],
		'kandji-enroll.mobileconfig',
	);

/** Returns the profile as a file, or the URL as JSON: the API decides by the blueprint's settings. */
export async function profileOrUrl(
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
		if (json === undefined) throw fail('The response was cut off');
		if (typeof json.url !== 'string') throw fail('Kandji returned neither a profile nor a URL');
		return [{ json: { ...idsOf(response), ...json } }];
	}
	if (content.length === 0) throw fail('Kandji returned an empty response');
	if (/html/.test(mimeType)) throw fail('Kandji returned a web page instead of a profile');
	const binary = await outputFile(
		this,
		content,
		fileNameOf(response.headers),
		mimeType || 'application/x-apple-aspen-config',
	);
	return [{ json: { ...idsOf(response) }, binary }];
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
		name: 'returnSignInUrl',
		type: 'boolean',
		default: false,
		displayOptions: { show: showOnlyForGetEnrollmentProfile },
		description:
			'Whether to return the URL where users sign in to get the profile. Blueprints that do not require authentication return the profile anyway.',
	},
	outputFileField(showOnlyForGetEnrollmentProfile),
];
