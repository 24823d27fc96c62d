import { zulu } from './dates';
import type { TenantState } from './index';
import { STORAGE_FOLDER } from './library';

/** How uploads behave; each new reservation takes a copy. */
export interface UploadRules {
	/** How often create or update answers 503 "still being processed" after the file has arrived. */
	processingAnswers: number;
	/** How often the status of an in-house app is asked before it moves on by one step. */
	pollsPerStep: number;
	/** The final status of an in-house app's upload instead of VALIDATED. */
	failure?: 'UPLOAD_FAILED' | 'VALIDATE_FAILED';
	/** What storage answers instead of taking the file, e.g. 403. */
	storageStatus?: number;
}

/** A reserved upload. */
export interface Upload {
	id: string;
	kind: 'custom_apps' | 'ipa_apps';
	file_key: string;
	expires: string;
	/** The fields that must come before the file. */
	post_data: Record<string, string>;
	rules: UploadRules;
	/** What arrived; undefined before. */
	file?: { name: string; type: string; size: number; sha256: string };
	polls: number;
}

/** Reserves a place in storage for a file; its key is made unique. */
export function reserveUpload(state: TenantState, kind: Upload['kind'], name: string): Upload {
	const dot = name.lastIndexOf('.');
	const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
	const file_key = `${STORAGE_FOLDER}/${kind}/${stem}_${state.random.hex(8)}${ending}`;
	const now = state.clock.now();
	const upload: Upload = {
		id: state.random.uuid(),
		kind,
		file_key,
		expires: zulu(now + 3_600_000),
		post_data: {
			key: file_key,
			'x-amz-algorithm': 'AWS4-HMAC-SHA256',
			'x-amz-credential': 'EXAMPLE/us-west-2/s3/aws4_request',
			'x-amz-date': zulu(now).slice(0, 19).replace(/[-:]/g, '') + 'Z',
			'x-amz-security-token': 'example-session',
			policy: Buffer.from(`{"key":"${file_key}"}`).toString('base64'),
			'x-amz-signature': state.random.hex(64),
		},
		rules: { ...state.uploadRules },
		polls: 0,
	};
	state.uploads.set(file_key, upload);
	return upload;
}

/** The status of an in-house app's upload. */
export type UploadStatus =
	'UPLOADING' | 'UPLOADED' | 'VALIDATING' | 'VALIDATED' | 'UPLOAD_FAILED' | 'VALIDATE_FAILED';

/** The current status, which advances with every {@link UploadRules.pollsPerStep} polls after arrival. */
export function uploadStatus(upload: Upload): UploadStatus {
	if (!upload.file) return 'UPLOADING';
	const { failure, pollsPerStep } = upload.rules;
	const step = pollsPerStep === 0 ? 3 : Math.min(3, Math.floor(upload.polls / pollsPerStep));
	if (failure === 'UPLOAD_FAILED' && step >= 1) return failure;
	if (failure === 'VALIDATE_FAILED' && step >= 3) return failure;
	return (['UPLOADING', 'UPLOADED', 'VALIDATING', 'VALIDATED'] as const)[step]!;
}
