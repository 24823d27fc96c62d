/** An operation as the vendor documents it. */
export interface VendorOperation {
	method: string;
	/** `/api/v1/devices/{device_id}` */
	path: string;
	title: string;
	/** Names of query parameters. */
	query: string[];
	/** `json`, `form` or `multipart`, or another media type; none without a body. */
	encodings: string[];
	/** Names of fields in the body, on its first level. */
	fields: string[];
}

const encodings: Array<[RegExp, string]> = [
	[/^application\/(?:[\w.-]+\+)?json\b/i, 'json'],
	[/^application\/x-www-form-urlencoded\b/i, 'form'],
	[/^multipart\//i, 'multipart'],
];

/** The contract's name for a media type, where it has one. */
export const encodingOf = (mediaType: string): string =>
	encodings.find(([pattern]) => pattern.test(mediaType))?.[1] ?? mediaType;

/** Every value once, in the order of the first. */
export const distinct = <T>(values: Iterable<T>): T[] => [...new Set(values)];

const withoutNames = ({ method, path }: VendorOperation): string =>
	`${method} ${path.replace(/\{[^/]*\}/g, '{}')}`;

/** What is documented several times, such as once per kind of body, as one operation. */
export function merged(operations: readonly VendorOperation[]): VendorOperation[] {
	const byRequest = new Map<string, VendorOperation>();
	for (const operation of operations) {
		const key = withoutNames(operation);
		const known = byRequest.get(key) ?? operation;
		byRequest.set(key, {
			...known,
			query: distinct([...known.query, ...operation.query]),
			encodings: distinct([...known.encodings, ...operation.encodings]),
			fields: distinct([...known.fields, ...operation.fields]),
		});
	}
	return [...byRequest.values()];
}
