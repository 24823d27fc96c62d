import { homedir } from 'node:os';
import path from 'node:path';

/** The checkout: where package.json, dist/ and workflows/ are. */
export const projectFolder = path.resolve(__dirname, '..', '..');

/** Where things are kept that outlive a run and stay outside the checkout, per user. */
export const cacheFolder = path.join(
	process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
	'n8n-nodes-kandji',
);

/** What npm and jest set for this process, and what would change the n8n that is started. */
const KEPT_HERE =
	/^(npm_(?!config_)|NODE_OPTIONS$|NODE_ENV$|JEST_|KANDJI_|N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_)/;

/**
 * Environment for child processes: the Node that runs this script comes first on the PATH, so that
 * npm, node-gyp and n8n use it too.
 */
export function childEnvironment(extra: Record<string, string> = {}): Record<string, string> {
	const inherited = Object.entries(process.env).filter(
		(entry): entry is [string, string] => entry[1] !== undefined && !KEPT_HERE.test(entry[0]),
	);
	return {
		...Object.fromEntries(inherited),
		PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ''}`,
		...extra,
	};
}
