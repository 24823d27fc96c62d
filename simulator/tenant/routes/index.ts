import type { Resource } from '../core';
import { adeDevices } from './adeDevices';
import { adeTokens } from './adeTokens';
import { auditEvents } from './auditEvents';
import { behavioralDetections } from './behavioralDetections';
import { blueprintItems } from './blueprintItems';
import { blueprintRouting } from './blueprintRouting';
import { blueprints } from './blueprints';
import { customApps } from './customApps';
import { customProfiles } from './customProfiles';
import { customScripts } from './customScripts';
import { deviceActions } from './deviceActions';
import { deviceRecords } from './deviceRecords';
import { devices } from './devices';
import { inHouseApps } from './inHouseApps';
import { libraryItems } from './libraryItems';
import { licensing } from './licensing';
import { notes } from './notes';
import { prism } from './prism';
import { prismExports } from './prismExports';
import { secrets } from './secrets';
import { tags } from './tags';
import { threats } from './threats';
import { users } from './users';
import { vulnerabilities } from './vulnerabilities';

/** Every resource of the API. */
export const resources: readonly Resource[] = [
	adeDevices,
	adeTokens,
	auditEvents,
	behavioralDetections,
	blueprintItems,
	blueprintRouting,
	blueprints,
	customApps,
	customProfiles,
	customScripts,
	deviceActions,
	deviceRecords,
	devices,
	inHouseApps,
	libraryItems,
	licensing,
	notes,
	prism,
	prismExports,
	secrets,
	tags,
	threats,
	users,
	vulnerabilities,
];
