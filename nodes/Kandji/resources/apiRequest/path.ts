/** Below /api, in characters that a URL leaves as they are, or percent-encoded. */
const form = /^\/api\/v\d+\/[\w\-./~%]*$/;

/** What a server may take for a separator or an escape, or drop, once it has decoded the path. */
const hazard = /[\\%?#\p{C}]/u;

/**
 * Whether a path of API Request stays below /api/v1 (or another version) however often and by whatever rules it is
 * decoded: it has no dot segment in any spelling (`..`, `%2e.`, `%252e`, full-width dots), no encoded separator and no
 * empty segment.
 */
export function isSafePath(path: string): boolean {
	if (!form.test(path)) return false;
	let decoded: string;
	try {
		decoded = decodeURIComponent(path).normalize('NFKC');
	} catch {
		return false;
	}
	const segments = decoded.slice(1).split('/');
	return (
		!hazard.test(decoded) &&
		segments.length === path.slice(1).split('/').length &&
		!segments.some(
			(segment, index) =>
				/^\.{1,2}$/.test(segment.replace(/\s/g, '')) ||
				(segment === '' && index < segments.length - 1),
		)
	);
}
