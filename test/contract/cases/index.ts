import type { ContractCase } from '../contractCase';
import { adeDeviceCases } from './adeDevice';
import { adeIntegrationCases } from './adeIntegration';
import { apiRequestCases } from './apiRequest';
import { auditEventCases } from './auditEvent';
import { behavioralDetectionCases } from './behavioralDetection';
import { blueprintCases } from './blueprint';
import { blueprintRoutingCases } from './blueprintRouting';
import { customAppCases } from './customApp';
import { customProfileCases } from './customProfile';
import { customScriptCases } from './customScript';
import { deviceCases } from './device';
import { deviceActionCases } from './deviceAction';
import { deviceComplianceCases } from './deviceCompliance';
import { withDeviceKeys } from './deviceKeys';
import { deviceNoteCases } from './deviceNote';
import { deviceSecretCases } from './deviceSecret';
import { deviceSyncCases } from './deviceSync';
import { deviceUndoCases } from './deviceUndo';
import { inHouseAppCases } from './inHouseApp';
import { libraryItemCases } from './libraryItem';
import { licenseCases } from './license';
import { prismCases } from './prism';
import { selfServiceCategoryCases } from './selfServiceCategory';
import { tagCases } from './tag';
import { threatCases } from './threat';
import { userCases } from './user';
import { vulnerabilityCases } from './vulnerability';

/** Every row of the contract. */
export const contractCases: ContractCase[] = [
	...adeDeviceCases,
	...adeIntegrationCases,
	...apiRequestCases,
	...auditEventCases,
	...behavioralDetectionCases,
	...blueprintCases,
	...blueprintRoutingCases,
	...customAppCases,
	...customProfileCases,
	...customScriptCases,
	...deviceActionCases,
	...deviceComplianceCases,
	...deviceCases,
	...deviceNoteCases,
	...deviceSecretCases,
	...withDeviceKeys([
		...deviceActionCases,
		...deviceCases,
		...deviceNoteCases,
		...deviceSecretCases,
	]),
	...deviceSyncCases,
	...deviceUndoCases,
	...inHouseAppCases,
	...libraryItemCases,
	...licenseCases,
	...prismCases,
	...selfServiceCategoryCases,
	...tagCases,
	...threatCases,
	...userCases,
	...vulnerabilityCases,
];
