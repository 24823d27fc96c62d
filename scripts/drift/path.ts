const placeholder = /^(?:\{.*\}|:\w.*)$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `{name}`, `{{name}}` and `:name` as `{name}`, an ID in place of a placeholder as `{id}`. */
function templateSegment(segment: string): string {
	if (uuid.test(segment)) return '{id}';
	return placeholder.test(segment) ? `{${segment.replace(/[{}:]/g, '')}}` : segment;
}

/**
 * A path as `/api/v1/devices/{device_id}`, without a slash at its end.
 *
 * @param base what comes before the path: a host, perhaps with a part of the path, or a variable
 */
export function normalPath(base: string, path: string): string {
	const [plain = ''] = path.split(/[?#]/);
	const [, version = 'v1', rest = plain] =
		/\/(?:api\/)?(v\d+)(\/.*|$)/.exec(`${base}/${plain}`) ?? [];
	const segments = rest.split('/').filter(Boolean).map(templateSegment);
	return ['/api', version, ...segments].join('/');
}

const isPlaceholder = (segment: string | undefined) => segment?.startsWith('{') === true;

const placeholders = (path: string): number => path.split('/').filter(isPlaceholder).length;

/** How many placeholders of a template stand for a word in another path. */
export function wordsFor(template: string, path: string): number {
	const segments = path.split('/');
	return template
		.split('/')
		.filter((segment, index) => isPlaceholder(segment) && !isPlaceholder(segments[index])).length;
}

function matches(template: string, path: string): boolean {
	const [segments, others] = [template.split('/'), path.split('/')];
	return (
		segments.length === others.length &&
		segments.every((segment, index) => isPlaceholder(segment) || segment === others[index])
	);
}

/** The most specific of the requests with placeholders in their paths that a request is one of. */
export function bestMatch<T extends { method: string; path: string }>(
	candidates: readonly T[],
	{ method, path }: { method: string; path: string },
): T | undefined {
	return candidates
		.filter((candidate) => candidate.method === method && matches(candidate.path, path))
		.sort((one, other) => placeholders(one.path) - placeholders(other.path))[0];
}
