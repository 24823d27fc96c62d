/** An answer other than success: thrown by handlers, sent as it is. A string body with `html` is a page. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly body: unknown,
		readonly html = false,
	) {
		super(`${status} ${JSON.stringify(body)}`);
	}
}

export const NOT_FOUND_PAGE =
	'<!doctype html><html lang="en"><head><title>Not Found</title></head><body><h1>Not Found</h1><p>The requested resource was not found on this server.</p></body></html>';

/** `{"detail": …}` */
export const detail = (status: number, text: string): ApiError =>
	new ApiError(status, { detail: text });
/** `{"field": ["…"]}` */
export const fieldError = (field: string, text: string): ApiError =>
	new ApiError(400, { [field]: [text] });
/** A bare JSON string. */
export const plainError = (text: string): ApiError => new ApiError(400, text);
/** `["…"]` */
export const listError = (text: string): ApiError => new ApiError(400, [text]);
/** The API's JSON 404. */
export const notFound = (): ApiError => detail(404, 'Not found.');
/** The web server's HTML 404. */
export const notFoundPage = (): ApiError => new ApiError(404, NOT_FOUND_PAGE, true);
