import type { Tenant } from './index';

/** An answer of the tenant, as tests read it. */
export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** Parsed; undefined when there is no body. Throws a SyntaxError when it is not JSON. */
	json<T = Record<string, unknown>>(): T;
}

/** How a test sends a request; a string body is sent as it is, a plain object or list as JSON. */
export interface Sending {
	body?: object | string | URLSearchParams | FormData;
	headers?: Record<string, string>;
	/** Another token, or none. */
	token?: string | null;
	signal?: AbortSignal;
}

/** Sends one request to the tenant's API, `what` being "METHOD /path?query"; does not follow redirects. */
export async function ask(tenant: Tenant, what: string, sending: Sending = {}): Promise<Answer> {
	const [method, path] = what.split(' ') as [string, string];
	const { body, signal } = sending;
	const token = sending.token === undefined ? tenant.token : sending.token;
	const isPlain =
		Array.isArray(body) ||
		(typeof body === 'object' && Object.getPrototypeOf(body) === Object.prototype);
	const response = await fetch(tenant.url + path, {
		method,
		redirect: 'manual',
		signal,
		headers: {
			...(token === null ? {} : { Authorization: `Bearer ${token}` }),
			...(isPlain ? { 'Content-Type': 'application/json' } : {}),
			...sending.headers,
		},
		body: isPlain ? JSON.stringify(body) : (body as string | FormData | undefined),
	});
	const text = await response.text();
	return {
		status: response.status,
		headers: response.headers,
		text,
		json: <T>() => (text === '' ? undefined : JSON.parse(text)) as T,
	};
}
