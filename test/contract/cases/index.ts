import type { ContractCase } from '../contractCase';
import { deviceCases } from './device';
import { deviceActionCases } from './deviceAction';

/** Every row of the contract. */
export const contractCases: ContractCase[] = [...deviceCases, ...deviceActionCases];
