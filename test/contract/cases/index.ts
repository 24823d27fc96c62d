import type { ContractCase } from '../contractCase';
import { auditEventCases } from './auditEvent';
import { blueprintCases } from './blueprint';
import { blueprintRoutingCases } from './blueprintRouting';
import { deviceCases } from './device';
import { deviceActionCases } from './deviceAction';
import { licenseCases } from './license';
import { selfServiceCategoryCases } from './selfServiceCategory';
import { tagCases } from './tag';
import { userCases } from './user';

/** Every row of the contract. */
export const contractCases: ContractCase[] = [
	...auditEventCases,
	...blueprintCases,
	...blueprintRoutingCases,
	...deviceCases,
	...deviceActionCases,
	...licenseCases,
	...selfServiceCategoryCases,
	...tagCases,
	...userCases,
];
