import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';

const showOnlyForDeviceGetApps = { resource: ['device'], operation: ['getApps'] };

const simplifiedApp = (app: IDataObject): IDataObject => ({
	app_name: app.app_name,
	version: app.version,
	bundle_id: app.bundle_id,
	source: app.source,
	path: app.path,
	modification_date: app.modification_date,
});

export const deviceGetAppsDescription: INodeProperties[] = [
	simplify(showOnlyForDeviceGetApps, simplifiedApp),
];
