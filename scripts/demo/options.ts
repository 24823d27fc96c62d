import { parseArgs } from 'node:util';

import type { KandjiCredential } from '../../simulator/engine/engine';
import { UsageError } from '../usageError';

export const help = `Runs workflows/device-inventory.json in n8n's own engine and prints the result.

  npm run -s demo                      a simulated tenant with 3,000 devices
  npm run -s demo -- --devices 1234    another number of devices
  npm run -s demo -- --json            the devices as JSON, nothing else
  npm run -s demo -- --help            this text

Your own tenant (read-only):
  KANDJI_SUBDOMAIN=acme KANDJI_REGION=us KANDJI_TOKEN=… npm run -s demo
KANDJI_REGION is us (the default), eu, iruUs or iruEu; or custom, with the URL in KANDJI_API_URL.
The token needs "Device list" and, for the FileVault column, "Prism: FileVault".`;

export interface DemoOptions {
	help: boolean;
	json: boolean;
	/** Size of the simulated fleet. */
	devices: number;
	/** Set when a real tenant is to be read instead. */
	credential?: KandjiCredential;
}

const maxDevices = 200_000;

/**
 * The tenant that the KANDJI_… variables name.
 *
 * @throws UsageError when they are incomplete
 */
export function realTenant(env: NodeJS.ProcessEnv): KandjiCredential | undefined {
	const { KANDJI_SUBDOMAIN, KANDJI_REGION, KANDJI_API_URL, KANDJI_TOKEN } = env;
	const where = KANDJI_SUBDOMAIN ?? KANDJI_API_URL;
	if (where === undefined && KANDJI_TOKEN === undefined) return undefined;
	if (where === undefined) throw new UsageError('KANDJI_TOKEN is set, KANDJI_SUBDOMAIN is not');
	if (KANDJI_TOKEN === undefined) throw new UsageError('KANDJI_TOKEN is not set');
	return {
		subdomain: KANDJI_SUBDOMAIN,
		region: KANDJI_REGION ?? (KANDJI_SUBDOMAIN === undefined ? 'custom' : 'us'),
		apiUrl: KANDJI_API_URL,
		token: KANDJI_TOKEN,
	};
}

/** @throws UsageError when an argument or a variable cannot be used */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): DemoOptions {
	let values;
	try {
		({ values } = parseArgs({
			args,
			options: {
				devices: { type: 'string' },
				json: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false, short: 'h' },
			},
		}));
	} catch (error) {
		throw new UsageError(`${(error as Error).message}\n\n${help}`);
	}
	const devices = Number(values.devices ?? 3000);
	if (!Number.isInteger(devices) || devices < 0 || devices > maxDevices) {
		throw new UsageError(`--devices must be an integer up to ${maxDevices}`);
	}
	const credential = realTenant(env);
	if (credential !== undefined && values.devices !== undefined) {
		throw new UsageError(
			'--devices sets the size of the simulated fleet and cannot be used with a real tenant',
		);
	}
	return { help: values.help, json: values.json, devices, credential };
}
