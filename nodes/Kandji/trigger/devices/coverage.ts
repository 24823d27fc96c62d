import type { Row } from '../events';
import { fleetId } from './record';

interface Range {
	first: string;
	last: string;
}

const afterAll = '~';

/**
 * Which ids the pages of a sweep speak for. The pages are sorted by id, and each shows all devices between
 * its first and its last. When devices come and go while pages are read, a device can slip through between
 * two pages, but not inside one.
 */
export class Coverage {
	private ranges: Range[] = [];

	private isSorted = true;

	/** Adds the next page of the sweep. */
	add(rows: readonly Row[]): void {
		const ids = rows.map((row) => fleetId(row) ?? '');
		this.isSorted &&= ids.every((id, index) => index === 0 || ids[index - 1]! < id);
		const isFirst = this.ranges.length === 0;
		const last = ids.at(-1);
		if (isFirst) this.ranges.push({ first: '', last: last ?? afterAll });
		else if (last !== undefined) this.ranges.push({ first: ids[0]!, last });
	}

	/** The sweep begins anew. */
	restart(): void {
		this.ranges = [];
		this.isSorted = true;
	}

	/** The last page was added: nothing comes after it. */
	end(): void {
		const last = this.ranges.at(-1);
		if (last !== undefined) last.last = afterAll;
	}

	/** True when a device with this id would have been on a page. */
	covers(id: string): boolean {
		return this.isSorted && this.ranges.some(({ first, last }) => first <= id && id <= last);
	}
}
