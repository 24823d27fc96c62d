import { checkDestructive } from '../http/destructive';
import { checkWritable } from '../http/request';
import { isDryRun } from './dryRun';
import { preSend } from './itemQueue';

/**
 * Pre-send that refuses a write with a read-only credential, and what a tool may not do, before the item's first request.
 * A dry run sends nothing.
 */
export const refuseForbiddenWrite = preSend(async function (options) {
	if (isDryRun(this)) return options;
	await checkWritable(this, options.method);
	checkDestructive(this, options);
	return options;
});
