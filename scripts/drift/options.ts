import { parseArgs } from 'node:util';

import { UsageError } from '../usageError';

export const help = `Compares the requests of the Kandji node, as listed in its contract, with a file that the vendor publishes.

  npm run -s drift -- FILE           an OpenAPI 3 file (JSON or YAML) or a Postman collection (version 2.1)
  npm run -s drift -- FILE --json    one JSON object instead of tables
  npm run -s drift -- --help         this text

New      operations of the vendor that the node does not use
Gone     requests of the node that the vendor does not document, with the operations that send them
Changed  query parameters, body fields and body encodings that only one side has; pagination parameters that
         the node does not send are left out

Exit status: 0 without drift, 1 with drift, 2 when the file or the arguments cannot be used.
References to other files are rejected; nothing is fetched from the network.`;

export interface DriftOptions {
	help: boolean;
	json: boolean;
	/** The vendor's file; empty when only the help is wanted. */
	file: string;
}

/** @throws UsageError when the arguments cannot be used */
export function readOptions(args: string[]): DriftOptions {
	let parsed;
	try {
		parsed = parseArgs({
			args,
			allowPositionals: true,
			options: {
				json: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false, short: 'h' },
			},
		});
	} catch (error) {
		throw new UsageError(`${(error as Error).message}\n\n${help}`);
	}
	const [file = '', ...more] = parsed.positionals;
	if (!parsed.values.help && (file === '' || more.length > 0)) {
		throw new UsageError(`Name one vendor file\n\n${help}`);
	}
	return { ...parsed.values, file };
}
