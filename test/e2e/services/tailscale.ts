import { startService, type Service } from './service';

/** A node of a tailnet as Tailscale's API lists it with `fields=all`; the fields that matter here. */
export interface TailnetDevice {
	nodeId: string;
	hostname: string;
	user: string;
	lastSeen: string;
	isExternal?: boolean;
	isEphemeral?: boolean;
	tags?: string[];
	postureIdentity?: { serialNumbers?: string[] };
}

/** The list of a tailnet's devices. Posture and serial numbers come only with `fields=all`. */
export async function startTailscale(devices: TailnetDevice[]): Promise<Service> {
	return await startService('tskey-api-test', (app) => {
		app.get<{ Querystring: { fields?: string } }>(
			'/api/v2/tailnet/-/devices',
			async ({ query }) => ({
				devices:
					query.fields === 'all'
						? devices
						: devices.map(({ nodeId, hostname, user, lastSeen }) => ({
								nodeId,
								hostname,
								user,
								lastSeen,
							})),
			}),
		);
	});
}
