import { parseArgs } from 'node:util';

import type { KandjiCredential } from '../../simulator/engine/credentials';
import { realTenant } from '../demo/options';
import { UsageError } from '../usageError';

export const help = `Opens n8n's editor with this package, a credential and the example workflows in it.

  npm start                       with a simulated tenant of 600 devices
  npm start -- --devices 5000     another number of devices
  npm start -- --port 5678        the editor's port; a free one otherwise
  npm start -- --help             this text

The first start takes about five minutes: it installs n8n in your cache folder (3 GB). Later starts
take less than a minute. N8N_VERSION selects another version.
The editor's data is deleted on Ctrl-C: download the workflows that you want to keep.

Your own tenant instead of the simulated one:
  KANDJI_SUBDOMAIN=acme KANDJI_REGION=us KANDJI_TOKEN=… npm start

An n8n that already runs on this machine with the package installed; a new one gets this account:
  N8N_BASE_URL=http://localhost:5678 N8N_EMAIL=… N8N_PASSWORD=… npm start`;

/** An n8n that somebody else started. */
interface RunningN8n {
	url: string;
	email: string;
	password: string;
}

export interface StartOptions {
	help: boolean;
	/** Size of the simulated fleet. */
	devices: number;
	/** The editor's port; a free one when missing. */
	port?: number;
	/** Set when a real tenant is to be used. */
	credential?: KandjiCredential;
	/** Set when no n8n is to be started. */
	running?: RunningN8n;
}

function runningN8n(env: NodeJS.ProcessEnv): RunningN8n | undefined {
	const { N8N_BASE_URL, N8N_EMAIL, N8N_PASSWORD } = env;
	if (N8N_BASE_URL === undefined) return undefined;
	if (!N8N_EMAIL || !N8N_PASSWORD) {
		throw new UsageError('N8N_BASE_URL also requires N8N_EMAIL and N8N_PASSWORD');
	}
	return { url: N8N_BASE_URL, email: N8N_EMAIL, password: N8N_PASSWORD };
}

function integer(name: string, text: string, max: number): number {
	if (!/^\d+$/.test(text) || Number(text) > max) {
		throw new UsageError(`--${name} must be an integer up to ${max}`);
	}
	return Number(text);
}

function readArguments(args: string[]) {
	try {
		return parseArgs({
			args,
			options: {
				devices: { type: 'string', default: '600' },
				port: { type: 'string' },
				help: { type: 'boolean', default: false, short: 'h' },
			},
		}).values;
	} catch (error) {
		throw new UsageError(`${(error as Error).message}\n\n${help}`);
	}
}

/** @throws UsageError when an argument or a variable cannot be used */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): StartOptions {
	const values = readArguments(args);
	return {
		help: values.help,
		devices: integer('devices', values.devices, 200_000),
		port: values.port === undefined ? undefined : integer('port', values.port, 65_535),
		credential: realTenant(env),
		running: runningN8n(env),
	};
}
