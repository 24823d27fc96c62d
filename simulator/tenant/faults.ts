import type { Mutation } from './mutate';

/**
 * What goes wrong. Before the request is executed: latency, rateLimit, status, html, resetBefore, churn,
 * permissionLoss, tokenRevoked, hourBudget. After it was executed: resetAfter, truncate, cut, stall, trickle,
 * contentType, errorBody, empty, redirect, repeat, and status or html with `execute: true`.
 * The storage origin knows latency, status, html, resetBefore, cut and stall, by rules whose path starts with /storage.
 */
export type Fault =
	| { kind: 'latency'; ms: number; jitterMs?: number }
	/** 429; `retryAfter` seconds, an HTTP date, or no such header; `headers: false` leaves out RateLimit-* too. */
	| {
			kind: 'rateLimit';
			retryAfter?: 'seconds' | 'date' | 'none';
			seconds?: number;
			headers?: boolean;
	  }
	| { kind: 'status'; status: number; body?: unknown; execute?: boolean }
	/** An HTML page, 502 by default; from storage 200. */
	| { kind: 'html'; status?: number; execute?: boolean }
	| { kind: 'resetBefore' }
	| { kind: 'resetAfter' }
	/** A well-formed answer whose JSON ends in the middle. */
	| { kind: 'truncate' }
	/** The connection breaks in the middle of the body. */
	| { kind: 'cut' }
	/** Headers, then nothing. */
	| { kind: 'stall' }
	/** The body in small pieces. */
	| { kind: 'trickle'; chunkBytes?: number; everyMs?: number }
	| { kind: 'contentType'; type?: string }
	/** 200 with an error in it. */
	| { kind: 'errorBody'; body?: unknown }
	/** 200 with nothing in it. */
	| { kind: 'empty' }
	/** 301 to another host. */
	| { kind: 'redirect'; location: string }
	/** The last answer to this operation again. */
	| { kind: 'repeat' }
	/** Devices are added or removed before the page is built. */
	| { kind: 'churn'; insert?: number; remove?: number }
	/** The token permanently loses the permission for the requested operation. */
	| { kind: 'permissionLoss' }
	/** The token is permanently revoked. */
	| { kind: 'tokenRevoked' }
	/** This many requests are left in this hour. */
	| { kind: 'hourBudget'; remaining: number }
	/** Someone else changes the tenant just before the request is executed, or with `late` just after. */
	| { kind: 'mutate'; mutation: Mutation; late?: boolean };

/** When a fault happens. Without conditions: at every request. */
export type FaultRule = Fault & {
	method?: string;
	/** Start of the path, or the path template with `{…}`, or a pattern with `*`. */
	path?: string;
	/** How many matching requests pass before the fault happens. */
	after?: number;
	/** How often the fault happens; without a limit when missing. */
	times?: number;
	/** In percent of the matching requests; always when missing. */
	percent?: number;
};

/** An active rule with its counts. */
export type ActiveFault = FaultRule & { id: string; seen: number; hits: number };

/** The tenant's fault rules. */
export class Faults {
	private rules: ActiveFault[] = [];
	private nextId = 1;
	private answers = new Map<string, string>();

	/** Sets a rule and returns its id. */
	add(rule: FaultRule): string {
		const id = `fault-${this.nextId++}`;
		this.rules.push({ ...rule, id, seen: 0, hits: 0 });
		return id;
	}

	/** Removes one rule, or all of them. */
	clear(id?: string): void {
		this.rules = id === undefined ? [] : this.rules.filter((rule) => rule.id !== id);
		if (this.rules.length === 0) this.answers.clear();
	}

	list(): readonly ActiveFault[] {
		return this.rules;
	}

	/** The faults that hit this request; counts it for every rule it matches. */
	hit(method: string, operation: string, path: string): ActiveFault[] {
		return this.rules.filter((rule) => {
			if (!matches(rule, method, operation, path)) return false;
			rule.seen++;
			if (rule.seen <= (rule.after ?? 0) || rule.hits >= (rule.times ?? Infinity)) return false;
			if (rule.percent !== undefined && Math.random() * 100 >= rule.percent) return false;
			rule.hits++;
			return true;
		});
	}

	/** Stores an answer for `repeat`, if such a rule is set. */
	remember(operation: string, payload: string): void {
		if (this.rules.some((rule) => rule.kind === 'repeat')) this.answers.set(operation, payload);
	}

	/** The stored answer of an operation. */
	remembered(operation: string): string | undefined {
		return this.answers.get(operation);
	}
}

function matches(rule: FaultRule, method: string, operation: string, path: string): boolean {
	if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
	const isStorage = path.startsWith('/storage/');
	if (isStorage !== (rule.path?.startsWith('/storage/') ?? false)) return false;
	if (rule.path === undefined) return true;
	const template = operation.slice(operation.indexOf(' ') + 1);
	if (rule.path.includes('{')) return template === rule.path;
	if (!rule.path.includes('*')) return path.startsWith(rule.path);
	const pattern = rule.path.split('*').map((part) => part.replace(/[.+?^$()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${pattern.join('.*')}$`).test(path);
}
