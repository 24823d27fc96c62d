import { followPages } from './followPages';
import { readBlocks } from './readBlocks';
import { readRanges } from './readRanges';
import type { ListReading, Outcome } from './rowReceiver';
import { RowReceiver } from './rowReceiver';

/** How often a list is read when it keeps changing and its pages can neither overlap nor follow a cursor. */
const maxReadings = 3;

type Way = (list: RowReceiver) => Promise<Outcome>;

const times = (way: Way): Way[] => Array.from({ length: maxReadings }, () => way);

/** How to read a list, and how to read it again when it changed meanwhile. */
function waysToRead({ pagination, overlap }: ListReading): Way[] {
	const { range, first, overlaps } = pagination;
	const follow: Way = async (list) => await followPages(list, first ?? (() => ({})));
	if (range === undefined) return times(follow);
	const inRanges: Way = async (list) => await readRanges(list, range);
	if (first !== undefined) return [inRanges, follow];
	if (!overlaps) return times(inRanges);
	const inBlocks: Way = async (list) => await readBlocks(list, range);
	return overlap === 'block' ? [inBlocks] : [inRanges, inBlocks];
}

/**
 * Reads a list to its end, or as many rows as wanted, several pages at once where they have numbers. When the list
 * changes during the read, it is read again in a way that misses no row. Whatever says that there is more (a total, a
 * `next` link, a cursor, a full page) is followed, and an error if it leads nowhere.
 *
 * @throws what `fetch`, `receive` and `fail` throw
 */
export async function readList(reading: ListReading): Promise<void> {
	const list = new RowReceiver(reading);
	let unconfirmed: string | undefined;
	for (const [index, read] of waysToRead(reading).entries()) {
		if (index > 0) list.restart();
		const outcome = await read(list);
		if (outcome === 'whole') return;
		const rows = outcome === 'moved' ? undefined : outcome.unconfirmed.join('\n');
		if (rows !== undefined && rows === unconfirmed) return;
		unconfirmed = rows;
	}
	list.fail('The list kept changing while it was read');
}
