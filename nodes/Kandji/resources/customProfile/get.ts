import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { simplifiedProfile } from './simplified';

const showOnlyForCustomProfileGet = { resource: ['customProfile'], operation: ['get'] };

export const customProfileGetDescription: INodeProperties[] = [
	...simplify(showOnlyForCustomProfileGet, (record) => ({
		...simplifiedProfile(record),
		profile: record.profile,
	})),
];
