import { checkWritable } from '../http/request';
import { isDryRun } from './dryRun';
import { preSend } from './itemQueue';

/** Pre-send that refuses a write with a read-only credential before the item's first request. A dry run sends nothing. */
export const refuseReadOnlyWrite = preSend(async function (options) {
	if (!isDryRun(this)) await checkWritable(this, options.method);
	return options;
});
