import type { Pagination } from './pagination';

type Style = Omit<Pagination, 'items'>;

/** What a list may set besides where its rows are. */
type Settings = Partial<Pick<Pagination, 'pageSize'>>;

const offsets: Pick<Pagination, 'overlaps' | 'range'> = {
	overlaps: true,
	range: (offset, limit) => ({ limit, offset }),
};

/** Lists with `limit` and `offset`. */
export const offsetStyle = ({ pageSize = 300 }: Settings = {}): Style => ({ pageSize, ...offsets });

/** Prism: `limit` and `offset`, or a cursor that starts empty. */
export const offsetOrCursorStyle = ({ pageSize = 300 }: Settings = {}): Style => ({
	pageSize,
	...offsets,
	first: (limit) => ({ limit, cursor: '' }),
});

/** Lists with `page`, starting at 1, and a page size that the API chooses. */
export const pageStyle = ({ pageSize = 300 }: Settings = {}): Style => ({
	pageSize,
	first: () => ({ page: 1 }),
});

/** Lists with `page`, starting at 1, and `size`. */
export const sizedPageStyle = ({ pageSize = 50 }: Settings = {}): Style => ({
	pageSize,
	range: (offset, size) => ({ page: offset / size + 1, size }),
});

/** Lists whose `next` link contains a cursor, with `limit` where the API supports it. */
export const cursorStyle = ({ pageSize }: Settings = {}): Style => ({
	pageSize: pageSize ?? 300,
	first: (limit) => (pageSize === undefined ? {} : { limit }),
});

/** Lists with `size` and an `after` cursor in the `next` link. */
export const afterStyle = ({ pageSize = 300 }: Settings = {}): Style => ({
	pageSize,
	first: (size) => ({ size }),
});

/** Lists without documented pagination: one page, or several if the API ever sends a `next` link. */
export const nextStyle = (): Style => ({ pageSize: Infinity, first: () => ({}) });
