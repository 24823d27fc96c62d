import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { firstOf } from '../../shared/fields/pick';

const showOnlyForDeviceGetApps = { resource: ['device'], operation: ['getApps'] };

/**
 * The most useful fields of an installed app, under the names that the API has for Apple's platforms. Those of Android
 * and Windows differ: an Android app has a package instead of a bundle, a Windows app its package's name.
 */
const simplifiedApp = (
	app: IDataObject,
	{ device_id, serial_number, device_name }: IDataObject,
): IDataObject => ({
	app_name: firstOf(app.app_name, app.display_name, app.name),
	version: firstOf(app.version, app.version_name),
	bundle_id: firstOf(app.bundle_id, app.package_name, app.name),
	publisher: firstOf(app.publisher_display_name, app.publisher),
	source: firstOf(app.source, app.application_source, app.application_type),
	path: firstOf(app.path, app.installed_path),
	modification_date: app.modification_date,
	device_id,
	serial_number,
	device_name,
});

export const deviceGetAppsDescription: INodeProperties[] = [
	...simplify(showOnlyForDeviceGetApps, simplifiedApp),
];
