import type { BlockedWatch } from './blocked';
import type { Counters } from './counters';
import type { Faults } from './faults';
import type { Call } from './http/call';
import type { Settings } from './options';
import type { Permissions } from './permissions';
import type { RateLimit } from './rateLimit';
import type { TenantState } from './state';

/** State shared by the parts of the tenant. A reset replaces what is not readonly. */
export interface Core {
	readonly settings: Settings;
	readonly token: string;
	readonly state: TenantState;
	readonly counters: Counters;
	readonly faults: Faults;
	readonly blocked: BlockedWatch;
	permissions: Permissions;
	rateLimit: RateLimit;
	tokenRevoked: boolean;
	/** Origin of the storage server, e.g. `http://127.0.0.1:4011`. */
	storageOrigin: string;
	/** Milliseconds since the tenant started. */
	elapsed(): number;
	/** Restores the generated state and the initial counters, faults, permissions and token. */
	reset(): void;
}

/** Answers one operation: a value is sent as JSON, a Buffer as it is, undefined as an empty body. */
export type Handler = (call: Call) => unknown;

/** Registers an operation by its name, "METHOD /path/{template}". */
export type AddRoute = (operation: string, handler: Handler) => void;

/** A resource: registers its operations. */
export type Resource = (add: AddRoute, core: Core) => void;
