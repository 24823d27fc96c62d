import type { Row } from '../row';
import { fleetId } from './record';

interface Range {
	first: string;
	last: string;
}

/** Sorts after every id. */
const afterAll = '~';

/**
 * The ranges of ids that the pages of a sweep cover. Pages are sorted by id, so a page holds every device between its
 * first and its last id. When devices come and go while pages are read, a device can slip through between two
 * pages, but not within one.
 */
export class Coverage {
	private ranges: Range[] = [];

	private isSorted = true;

	/** Adds the next page of the sweep. */
	add(rows: readonly Row[]): void {
		const ids = rows.flatMap((row) => fleetId(row) ?? []);
		this.isSorted &&= ids.every((id, index) => index === 0 || ids[index - 1]! < id);
		const isFirst = this.ranges.length === 0;
		const last = ids.at(-1);
		if (isFirst) this.ranges.push({ first: '', last: last ?? afterAll });
		else if (last !== undefined) this.ranges.push({ first: ids[0]!, last });
	}

	/** Forgets all pages: the sweep starts again. */
	restart(): void {
		this.ranges = [];
		this.isSorted = true;
	}

	/** Ends the sweep: nothing follows the last page. */
	end(): void {
		const last = this.ranges.at(-1);
		if (last !== undefined) last.last = afterAll;
	}

	/** Whether a device with this id would have been on one of the pages. */
	covers(id: string): boolean {
		return this.isSorted && this.ranges.some(({ first, last }) => first <= id && id <= last);
	}
}
