import { cacheFolder } from '../n8n/environment';

/** What a start is going to do and how long that takes. */
export const announcement = (n8n: { version: string; isInstalled: boolean }): string =>
	n8n.isInstalled
		? `n8n ${n8n.version} is in your cache folder: this takes less than a minute.`
		: `This first start takes about five minutes: it installs n8n ${n8n.version} in ${cacheFolder} (3 GB).\n` +
			'Later starts take less than a minute.';
