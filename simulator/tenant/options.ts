/** How strict the gateway is. */
export interface RateLimitOptions {
	/** 50 by default. */
	perSecond?: number;
	/** 10,000 by default. */
	perHour?: number;
	/** Milliseconds after which the hourly count starts again; an hour by default. */
	hourMs?: number;
	/** False leaves out the RateLimit-* headers, also from a 429. */
	headers?: boolean;
	/** `calendar` counts each second of the tenant's life apart, as the gateway does; `sliding` any 1000 ms. */
	window?: 'calendar' | 'sliding';
}

/** What a simulated tenant is made of. */
export interface TenantOptions {
	/** 0, the default, takes any free port. */
	port?: number;
	/** 127.0.0.1 by default. */
	host?: string;
	/** 600 by default. */
	devices?: number;
	/** Seven for every ten devices by default. */
	users?: number;
	/** Added before each answer. */
	latencyMs?: number;
	/** Random addition of up to this many milliseconds. */
	jitterMs?: number;
	/** 1 by default: the same seed and `now` give the same tenant byte for byte. */
	seed?: number;
	rateLimit?: RateLimitOptions | false;
	/** Whether the list of devices tells its total in `X-Total-Count`, as recordings have it; true by default. */
	totals?: boolean;
	/** A UUID; made from the seed by default. */
	token?: string;
	/** `all`, or the granted operations as "GET /api/v1/devices/{device_id}". */
	permissions?: 'all' | string[];
	/** The tenant's clock at the start, in milliseconds; real time by default, the fleet dated to the full hour. */
	now?: number;
	/** Sizes of the lists that do not follow the fleet. */
	sizes?: Partial<Sizes>;
}

/** How many records the lists beside devices and users hold. */
export interface Sizes {
	auditEvents: number;
	threats: number;
	behavioralDetections: number;
	vulnerabilities: number;
	customApps: number;
	customProfiles: number;
	customScripts: number;
	inHouseApps: number;
	adeDevices: number;
	routingActivity: number;
}

/** {@link TenantOptions} with every default filled in. */
export type Settings = Required<Omit<TenantOptions, 'sizes' | 'now' | 'rateLimit'>> & {
	sizes: Sizes;
	now: number | undefined;
	rateLimit: Required<RateLimitOptions> | false;
};

/** Fills in the defaults. */
export function settle(options: TenantOptions): Settings {
	const devices = options.devices ?? 600;
	return {
		port: options.port ?? 0,
		host: options.host ?? '127.0.0.1',
		devices,
		users: options.users ?? Math.ceil(devices * 0.7),
		latencyMs: options.latencyMs ?? 0,
		jitterMs: options.jitterMs ?? 0,
		seed: options.seed ?? 1,
		rateLimit:
			options.rateLimit === false
				? false
				: {
						perSecond: 50,
						perHour: 10_000,
						hourMs: 3_600_000,
						headers: true,
						window: 'calendar',
						...options.rateLimit,
					},
		totals: options.totals ?? true,
		token: options.token ?? '',
		permissions: options.permissions ?? 'all',
		now: options.now,
		sizes: {
			auditEvents: 1200,
			threats: 40,
			behavioralDetections: 71,
			vulnerabilities: 120,
			customApps: 12,
			customProfiles: 310,
			customScripts: 25,
			inHouseApps: 4,
			adeDevices: Math.min(5000, Math.ceil(devices * 0.6)),
			routingActivity: Math.min(3000, Math.ceil(devices * 0.2)),
			...options.sizes,
		},
	};
}
