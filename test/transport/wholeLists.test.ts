import type { IDataObject } from 'n8n-workflow';

import type { ApiResponse } from '../../nodes/Kandji/transport/http/request';
import type { Pagination } from '../../nodes/Kandji/transport/lists/pagination';
import { continuation } from '../../nodes/Kandji/transport/lists/readBlocks';
import { readList } from '../../nodes/Kandji/transport/lists/readList';
import type { ListReading } from '../../nodes/Kandji/transport/lists/rowReceiver';
import {
	afterStyle,
	cursorStyle,
	nextStyle,
	offsetOrCursorStyle,
	offsetStyle,
	pageStyle,
	sizedPageStyle,
} from '../../nodes/Kandji/transport/lists/styles';

/** What a server says about a page: its rows, where it starts and ends, and how the list goes on. */
interface Answer {
	rows: unknown[];
	/** Number of the first row. */
	from: number;
	/** Number of the row after the last one. */
	end: number;
	total: number;
	/** Query string of the next page, or null. */
	next: string | null;
	/** 1 for the first request. */
	request: number;
}

/** One way in which the API pages: how it reads a query, and how it words an answer. */
interface Server {
	pagination: Pagination;
	/** The first row that a query asks for, and how many. With a cursor: after which row it starts. */
	read: (query: IDataObject) => { from?: number; after?: string; size: number };
	/** The query string that leads to row `from`, which comes after the row `last`. */
	link: (from: number, size: number, last: string) => string | null;
	say: (answer: Answer) => { body: unknown; headers?: IDataObject };
	/** Whether the list has a total, and whether it has links. */
	hasTotal: boolean;
	hasLinks: boolean;
}

const web = (query: string | null) => (query === null ? null : `https://acme.kandji.io/x?${query}`);
const cursorOf = (last: string) => Buffer.from(last).toString('base64');
const rowOfCursor = (cursor: unknown) => Buffer.from(String(cursor ?? ''), 'base64').toString();
const enveloped = ({ rows, total, next }: Answer) => ({
	body: { count: total, next: web(next), previous: null, results: rows },
});
const uncounted = ({ rows, next }: Answer) => ({
	body: { next: web(next), previous: null, results: rows },
});
const byRange = ({ offset = 0, limit = 300 }: IDataObject) => ({
	from: Number(offset),
	size: Number(limit),
});

/** The ways of paging, each as the API has it. */
const servers: Record<string, Server> = {
	offset: {
		pagination: { ...offsetStyle(), items: '', key: 'id' },
		read: byRange,
		link: () => null,
		say: ({ rows, total }) => ({
			body: rows,
			headers: { 'x-total-count': String(total), link: '<None>; rel="next"' },
		}),
		hasTotal: true,
		hasLinks: false,
	},
	'offset, in an envelope, no key': {
		pagination: { ...offsetStyle(), items: 'results' },
		read: byRange,
		link: (offset, limit) => `limit=${limit}&offset=${offset}`,
		say: enveloped,
		hasTotal: true,
		hasLinks: true,
	},
	'offset or cursor': {
		pagination: { ...offsetOrCursorStyle(), items: 'data' },
		read: ({ cursor, ...query }) => ({
			...byRange(query),
			...(cursor !== undefined && { from: undefined, after: rowOfCursor(cursor) }),
		}),
		link: (_from, _size, last) => cursorOf(last),
		say: ({ rows, next }) => ({ body: { total: null, data: rows, cursor: next } }),
		hasTotal: false,
		hasLinks: true,
	},
	page: {
		pagination: { ...pageStyle(), items: 'results', key: 'id' },
		read: ({ page = 1 }) => ({ from: (Number(page) - 1) * 300, size: 300 }),
		link: (from) => `page=${from / 300 + 1}`,
		say: enveloped,
		hasTotal: true,
		hasLinks: true,
	},
	'page and size': {
		pagination: { ...sizedPageStyle(), items: 'results' },
		read: ({ page = 1, size = 50 }) => ({
			from: (Number(page) - 1) * Number(size),
			size: Number(size),
		}),
		link: () => null,
		say: ({ rows, total }) => ({ body: { total, results: rows } }),
		hasTotal: true,
		hasLinks: false,
	},
	cursor: {
		pagination: { ...cursorStyle(), items: 'results', key: 'id' },
		read: ({ cursor }) => ({ after: rowOfCursor(cursor), size: 300 }),
		link: (_from, _size, last) => `cursor=${encodeURIComponent(cursorOf(last))}`,
		say: uncounted,
		hasTotal: false,
		hasLinks: true,
	},
	after: {
		pagination: { ...afterStyle(), items: 'results' },
		read: ({ after, size }) => ({ after: rowOfCursor(after), size: Number(size) }),
		link: (_from, _size, last) => `after=${encodeURIComponent(cursorOf(last))}`,
		say: uncounted,
		hasTotal: false,
		hasLinks: true,
	},
	next: {
		pagination: { ...nextStyle(), items: 'results', key: 'id' },
		read: ({ offset = 0 }) => ({ from: Number(offset), size: 300 }),
		link: (from) => `offset=${from}`,
		say: enveloped,
		hasTotal: true,
		hasLinks: true,
	},
};

const names = Object.keys(servers);
const withRanges = names.filter((name) => servers[name]!.pagination.range !== undefined);
const counted = names.filter((name) => servers[name]!.hasTotal);
const linked = names.filter((name) => servers[name]!.hasLinks);

const made = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_row, index) => ({ id: `row-${String(index).padStart(5, '0')}` }));

/** The position of a row for cursors, which also point to rows that are gone. */
const positions = new WeakMap<object, string>();

/** How a server differs from the API. */
interface Quirk {
	/** Most rows of a page, whatever was asked for. */
	cap?: number;
	/** Changes what is said about a page. */
	change?: (answer: Answer) => Partial<Answer>;
	/** Changes the answer as it is sent. */
	rewrite?: (said: { body: unknown; headers?: IDataObject }, answer: Answer) => void;
	/** Called before each page is made. */
	before?: (rows: IDataObject[], request: number) => void;
	/** Answers all requests under way at once, as if each took the same time. */
	inRounds?: boolean;
}

/** Reads the list of a server. */
async function read(
	name: string,
	rows: IDataObject[],
	quirk: Quirk = {},
	rest: Partial<ListReading> = {},
) {
	const server = servers[name]!;
	for (const [index, row] of rows.entries()) positions.set(row, String(index).padStart(5, '0'));
	const positionOf = (row: IDataObject) => positions.get(row)!;
	let received: IDataObject[] = [];
	let requests = 0;
	let inFlight = 0;
	let mostInFlight = 0;
	const waiting: Array<() => void> = [];
	const widths: number[] = [];
	const fetch = async (query: IDataObject): Promise<ApiResponse> => {
		const request = ++requests;
		mostInFlight = Math.max(mostInFlight, ++inFlight);
		quirk.before?.(rows, request);
		const { after = '', size, ...start } = server.read(query);
		const following = rows.findIndex((row) => positionOf(row) > after);
		const from = start.from ?? (following === -1 ? rows.length : following);
		const end = from + Math.min(size, quirk.cap ?? Infinity);
		const page = rows.slice(from, end);
		const made_: Answer = {
			rows: page,
			from,
			end: from + page.length,
			total: rows.length,
			next: end < rows.length ? server.link(end, size, positionOf(rows[end - 1]!)) : null,
			request,
		};
		const answer = { ...made_, ...quirk.change?.(made_) };
		// As JSON does it: numbers beyond 2^53 lose their last digits.
		const said = JSON.parse(JSON.stringify({ headers: {}, ...server.say(answer) })) as {
			body: unknown;
			headers: IDataObject;
		};
		quirk.rewrite?.(said, answer);
		if (quirk.inRounds) await new Promise<void>((answerNow) => waiting.push(answerNow));
		inFlight--;
		return { statusCode: 200, ...said };
	};
	let error: string | undefined;
	let isReading = true;
	const answerInRounds = async () => {
		while (isReading) {
			await new Promise(setImmediate);
			if (waiting.length > 0) widths.push(waiting.length);
			for (const answerNow of waiting.splice(0)) answerNow();
		}
	};
	const answering = answerInRounds();
	try {
		await readList({
			pagination: server.pagination,
			wanted: Infinity,
			fetch,
			receive: async (page) => {
				for (const row of page) received.push(row);
				return page.length;
			},
			restart: () => {
				received = [];
			},
			fail: (problem) => {
				throw new Error(problem);
			},
			...rest,
		});
	} catch (cause) {
		error = (cause as Error).message;
	}
	isReading = false;
	await answering;
	return { rows: received, error, requests, mostInFlight, widths, rounds: widths.length };
}

const without = (...keys: string[]) => ({
	rewrite: ({ body, headers }: { body: unknown; headers?: IDataObject }) => {
		for (const key of keys) {
			delete headers?.[key];
			if (!Array.isArray(body)) delete (body as IDataObject)[key];
		}
	},
});

const noTotal = without('x-total-count', 'count', 'total');

const sizes = [0, 1, 2, 49, 50, 51, 299, 300, 301, 599, 600, 601, 700, 1500];

describe.each(names)('a list paged by %s is whole', (name) => {
	it.each(sizes)('with %i rows', async (count) => {
		const all = made(count);
		expect(await read(name, [...all])).toMatchObject({ rows: all, error: undefined });
	});

	it.each(sizes)('with %i rows and no total', async (count) => {
		const all = made(count);
		expect(await read(name, [...all], noTotal)).toMatchObject({ rows: all, error: undefined });
	});

	it.each([1, 7, 50, 299, 300, 301, 650, 5000])('up to a limit of %i', async (wanted) => {
		const all = made(700);
		for (const quirk of [{}, noTotal]) {
			const { rows } = await read(name, [...all], quirk, { wanted });
			expect(rows).toEqual(all.slice(0, wanted));
		}
	});
});

describe.each(names)('whatever the server does: %s', (name) => {
	const all = made(650);
	const isFollowed = !withRanges.includes(name);
	const whole = { rows: all, error: undefined };

	it('an empty page before the rows', async () => {
		const { rows, error } = await read(name, [...all], {
			change: ({ request }) =>
				request === 1 ? { rows: [], end: 0, next: servers[name]!.link(0, 300, '!') } : {},
		});
		if (isFollowed || name === 'offset or cursor') expect({ rows, error }).toEqual(whole);
		else expect(error).toBe('Kandji’s list is incomplete: it returned 0 of 650 records');
	});

	it.each([0, 1, 299, 300, 400, 649])('a total of %i, which is too low', async (total) => {
		expect(await read(name, [...all], { change: () => ({ total }) })).toMatchObject(whole);
	});

	it.each(['many', '', ' ', null, -1, 1.5, {}, [], true])('a total of %j', async (total) => {
		const { rows, error } = await read(name, [...all], {
			change: () => ({ total: total as never }),
		});
		expect({ rows, error }).toEqual(whole);
	});

	it('a total on the first page only', async () => {
		const result = await read(name, [...all], {
			rewrite: (said, { request }) => {
				if (request > 1) noTotal.rewrite(said);
			},
		});
		expect(result).toMatchObject(whole);
	});

	if (counted.includes(name))
		it.each([651, 949, 1000, 5000])('a total of %i, which is too high', async (total) => {
			for (const change of [
				() => ({ total }),
				({ request }: Answer) => (request === 1 ? { total } : {}),
			]) {
				const { error, rows } = await read(name, [...all], { change });
				if (error === undefined) expect(rows).toEqual(all);
				else
					expect(error).toMatch(
						/^(Kandji’s list is incomplete: it returned 650 of |The list kept)/,
					);
			}
			const { error } = await read(name, [...all], { change: () => ({ total }) });
			expect(error).toBe(`Kandji’s list is incomplete: it returned 650 of ${total} records`);
		});

	if (name !== 'page')
		it.each([1, 2, 7, 20, 49, 100, 299])('pages of %i rows at most', async (cap) => {
			for (const quirk of [{}, noTotal]) {
				expect(await read(name, [...all], { cap, ...quirk })).toMatchObject(whole);
			}
		});

	it('a page that is cut short', async () => {
		for (const quirk of [{}, noTotal, without('count', 'total', 'next')]) {
			const { rows, error } = await read(name, [...all], {
				change: ({ request, rows: page, end }) =>
					request === 2 ? { rows: page.slice(0, -10), end: end - 10 } : {},
				...quirk,
			});
			// A server that loses the rows between two of its own links cannot be told from one without them.
			if (name === 'next') expect(rows.length).toBeGreaterThanOrEqual(300);
			else if (isFollowed) expect(rows.length >= 640 || error !== undefined).toBe(true);
			else expect(error === undefined ? rows : all).toEqual(all);
		}
	});

	if (linked.includes(name))
		it.each([7, true, {}, [], 'https://acme.kandji.io/x', 'x?'])(
			'a next page given by %j',
			async (next) => {
				const { rows, error } = await read(name, [...all], {
					rewrite: ({ body }, answer) => {
						const key = name === 'offset or cursor' ? 'cursor' : 'next';
						if (answer.next !== null) (body as IDataObject)[key] = next as never;
					},
				});
				if (isFollowed) expect(error).toMatch(/^Kandji’s list is incomplete: /);
				else expect(rows).toEqual(all);
			},
		);

	if (counted.includes(name))
		it('no next page although the total says more', async () => {
			const { rows, error } = await read(name, [...all], { change: () => ({ next: null }) });
			if (isFollowed)
				expect(error).toBe('Kandji’s list is incomplete: it returned 300 of 650 records');
			else expect(rows).toEqual(all);
		});

	it('a full page that tells neither a total nor a next page', async () => {
		const { rows, error } = await read(
			name,
			[...all],
			without('count', 'total', 'next', 'cursor', 'x-total-count'),
		);
		if (name === 'next') expect(rows).toHaveLength(300);
		else if (isFollowed)
			expect(error).toBe('Kandji’s response does not tell whether the list goes on');
		else expect(rows).toEqual(all);
	});

	it('empty pages between pages with rows', async () => {
		if (!isFollowed) return;
		const server = servers[name]!;
		const { rows, error } = await read(name, [...all], {
			change: ({ request, from }) =>
				request % 2 === 0 && server.pagination.first !== undefined
					? {
							rows: [],
							next: `again=${request}&${server.link(from, 300, String(all[from - 1]!.id).slice(4))}`,
						}
					: {},
		});
		expect(error === undefined ? rows : all).toEqual(all);
	});

	it.each([null, 'text', 7, ['row']])('a row that is %j', async (row) => {
		for (const at of [1, 2]) {
			const { error } = await read(name, [...all], {
				change: ({ request, rows: page }) =>
					request === at ? { rows: [...page.slice(0, -1), row] } : {},
			});
			expect(error).toBe('Kandji’s response contains no list of records');
		}
	});

	it.each<[string, (row: IDataObject, index: number) => IDataObject]>([
		['no id', (_row, index) => ({ name: `Row ${index}` })],
		['the same rows without an id', () => ({ name: 'Row' })],
		['null as id', (_row, index) => ({ id: null, name: `Row ${index}` })],
		['no text as id', (_row, index) => ({ id: '', name: `Row ${index}` })],
		['an object as id', (_row, index) => ({ id: { of: 1 }, name: `Row ${index}` })],
		[
			'numbers and the same texts',
			(_row, index) => ({ id: index % 2 ? index : String(index - 1) }),
		],
		[
			'numbers that JSON makes equal',
			(_row, index) => ({ id: 2 ** 60 + index, name: `Row ${index}` }),
		],
		[
			'one id for two rows of a page',
			(row, index) => (index === 11 ? { ...all[10], name: 'x' } : row),
		],
	])('rows with %s', async (_name, change) => {
		const odd = all.map(change);
		const sent = JSON.parse(JSON.stringify(odd)) as IDataObject[];
		for (const quirk of [{}, noTotal, { cap: name === 'page' ? 300 : 49 }]) {
			const { rows, error } = await read(name, [...odd], quirk);
			// Two pages with the same rows throughout: the API could as well repeat itself.
			if (error === 'Kandji returned the same page twice' && name === 'page and size') continue;
			expect({ rows, error }).toEqual({ rows: sent, error: undefined });
		}
	});

	it.each([
		['leaves', { leave: 1, enter: 0 }],
		['enters', { leave: 0, enter: 1 }],
		['leaves and one enters', { leave: 1, enter: 1 }],
	])('a row %s between two pages', async (_name, { leave, enter }) => {
		for (const quirk of [{}, noTotal]) {
			for (const at of [2, 3, 4, 6]) {
				for (const place of [0, 10, 298, 299, 300, 310]) {
					const gone = new Set<unknown>();
					const { rows, error } = await read(name, made(1400), {
						before: (list, request) => {
							if (request !== at) return;
							for (const row of list.splice(place, leave)) gone.add(row.id);
							if (enter > 0) {
								const row = { id: 'new' };
								positions.set(row, '');
								list.unshift(row);
							}
						},
						...quirk,
					});
					expect(error).toBeUndefined();
					const ids = rows.map(({ id }) => id);
					const had = new Set(ids);
					const missing = made(1400).filter(({ id }) => !gone.has(id) && !had.has(id));
					// One in, one out: without row numbers of their own, pages show it by nothing.
					if (name === 'page' || name === 'page and size' || name === 'next') {
						if (leave === 1 && enter === 1 && quirk !== noTotal) continue;
					}
					expect({ at, place, missing }).toEqual({ at, place, missing: [] });
					expect(had.size).toBe(ids.length);
				}
			}
		}
	});
});

describe('a list without documented pages', () => {
	const bare: Server = {
		...servers.next!,
		pagination: { ...nextStyle(), items: '', key: 'id' },
		say: ({ rows, total }) => ({ body: rows, headers: { 'x-total-count': String(total) } }),
	};
	beforeAll(() => {
		servers.bare = bare;
	});
	afterAll(() => {
		delete servers.bare;
	});

	it('is refused when it is shorter than the total in the header', async () => {
		const { error } = await read('bare', made(301));
		expect(error).toBe('Kandji’s list is incomplete: it returned 300 of 301 records');
	});

	it.each([
		['<https://acme.kandji.io/x?offset=300>; rel="next"', 700],
		['<https://acme.kandji.io/x?a=1>; rel="prev", <https://x.y/?offset=300>; rel=next', 700],
		['<None>; rel="next"', 300],
	])('follows the header Link: %s', async (link, expected) => {
		const { rows } = await read('bare', made(700), {
			cap: undefined,
			rewrite: ({ headers }, { from }) => {
				delete headers!['x-total-count'];
				if (from === 0) headers!.link = link;
				else headers!.link = from === 300 ? link.replaceAll('300', '600') : undefined;
			},
		});
		expect(rows).toHaveLength(expected);
	});
});

describe('a list without a total is as fast as one with it', () => {
	it.each(withRanges)('%s', async (name) => {
		const { pageSize } = servers[name]!.pagination;
		for (const pages of [1, 2, 3, 7, 15, 16, 40, 100]) {
			for (const extra of [0, 1, pageSize - 1]) {
				const all = made(pages * pageSize + extra);
				const withTotal = await read(name, [...all], { inRounds: true });
				const without_ = await read(name, [...all], { ...noTotal, inRounds: true });
				expect(without_).toMatchObject({ rows: all, error: undefined });
				expect(without_.mostInFlight).toBeLessThanOrEqual(8);
				// Pages that cannot overlap are read twice.
				if (name === 'page and size') continue;
				expect(without_.requests - withTotal.requests).toBeLessThanOrEqual(8);
				// Two rounds more to get to eight at a time, and one past the end.
				expect(without_.rounds - withTotal.rounds).toBeLessThanOrEqual(3);
			}
		}
	});

	it('asks for 1, 2, 4 and 8 pages at once', async () => {
		const { widths } = await read('offset', made(9000), { ...noTotal, inRounds: true });
		expect(widths.slice(0, 5)).toEqual([1, 2, 4, 8, 8]);
	});

	it('asks for no page after the end when there is a total', async () => {
		for (const [count, expected] of [
			[0, 1],
			[5, 1],
			[299, 1],
			[301, 2],
			[700, 3],
			[3000, 11],
		] as const) {
			expect((await read('offset', made(count))).requests).toBe(expected);
		}
	});
});

describe('a list whose rows move all the time is read in blocks', () => {
	const blocks = { overlap: 'block' as const };

	it.each(withRanges.filter((name) => name !== 'page and size'))('%s', async (name) => {
		for (const count of [0, 1, 2, 19, 20, 21, 299, 300, 301, 320, 700]) {
			const all = made(count);
			for (const quirk of [
				{},
				noTotal,
				{ cap: 100 },
				{ cap: 7 },
				{ cap: 1 },
				{ cap: 2, ...noTotal },
			]) {
				if (name === 'offset or cursor') continue;
				expect(await read(name, [...all], quirk, blocks)).toMatchObject({
					rows: all,
					error: undefined,
				});
			}
		}
	});

	it('loses no row and repeats none, however many rows come and go before each page', async () => {
		for (const enter of [0, 1, 19, 21, 150]) {
			for (const leave of [0, 1, 19, 21, 150]) {
				let added = 0;
				const gone = new Set<unknown>();
				const { rows, error } = await read(
					'offset',
					made(1200),
					{
						before: (list, request) => {
							if (request === 1 || request > 6) return;
							for (const row of list.splice(5, leave)) gone.add(row.id);
							for (let count = 0; count < enter; count++) {
								const row = { id: `new-${added++}` };
								positions.set(row, '');
								list.unshift(row);
							}
						},
					},
					blocks,
				);
				expect(error).toBeUndefined();
				const ids = rows.map(({ id }) => id);
				const had = new Set(ids);
				expect(had.size).toBe(ids.length);
				expect(made(1200).filter(({ id }) => !gone.has(id) && !had.has(id))).toEqual([]);
			}
		}
	});

	it.each<[string, string, string, number, number | undefined]>([
		['nothing has moved', 'abcd', 'cdef', 2, 2],
		['nothing has moved, and rows are alike', 'aaaa', 'aaaa', 2, 2],
		['a row came before', 'abcd', 'bcde', 2, 3],
		['a row left before', 'abcd', 'def', 2, 1],
		['the last row left', 'abcd', 'cef', 2, 1],
		['all shared rows left', 'abcd', 'efgh', 2, undefined],
		['a row that is there twice comes again', 'axbcd', 'cdxef', 2, 2],
		['a row came before, and the last ones are alike', 'abcc', 'bccd', 2, 3],
		['only rows that are there twice', 'aabb', 'bbaa', 1, 1],
		['only rows that are there twice, moved', 'aabb', 'ccaa', 1, undefined],
	])('where a page continues: %s', (_name, before, page, shared, expected) => {
		expect(continuation([...before], [...page], shared)).toBe(expected);
	});
});

it('a page of 150,000 rows does not overflow the stack', async () => {
	const all = made(150_000);
	const all300 = {
		change: (answer: Answer) => ({ ...answer, rows: all, end: all.length, next: null }),
	};
	for (const name of names) {
		const { rows } = await read(name, [...all], all300, { wanted: all.length });
		expect(rows).toHaveLength(all.length);
	}
});
