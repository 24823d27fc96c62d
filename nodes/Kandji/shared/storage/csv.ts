type State = 'start of value' | 'plain' | 'quoted' | 'after quote';

/** Thrown for text that is no whole CSV; the message says where. */
export class CsvError extends Error {}

/**
 * Reads CSV as RFC 4180 describes it, piece by piece: quoted values with doubled quotes and line breaks inside,
 * empty values, CRLF, LF or CR between records, a byte order mark at the start.
 */
export class CsvReader {
	private state: State = 'start of value';

	private value = '';

	private record: string[] = [];

	private isStart = true;

	private isAfterCr = false;

	/** Takes the next piece of the text; a piece may end anywhere. Returns the records that are whole by now. */
	push(piece: string): string[][] {
		const records: string[][] = [];
		let from = 0;
		if (this.isStart && piece !== '') {
			this.isStart = false;
			if (piece.startsWith('\uFEFF')) from = 1;
		}
		for (let at = from; at < piece.length; at++) {
			const character = piece[at];
			const isSecondOfCrLf = this.isAfterCr && character === '\n';
			this.isAfterCr = false;
			if (isSecondOfCrLf) {
				from = at + 1;
			} else if (this.state === 'quoted') {
				if (character !== '"') continue;
				this.value += piece.slice(from, at);
				from = at + 1;
				this.state = 'after quote';
			} else if (character === '"' && this.state !== 'plain') {
				// The second of two quotes belongs to the value.
				if (this.state === 'start of value') from = at + 1;
				this.state = 'quoted';
			} else if (character === ',' || character === '\n' || character === '\r') {
				this.endValue(piece.slice(from, at));
				from = at + 1;
				if (character === ',') continue;
				this.isAfterCr = character === '\r';
				records.push(this.endRecord());
			} else {
				this.state = 'plain';
			}
		}
		this.value += piece.slice(from);
		return records;
	}

	/**
	 * Ends the text. Returns the last record, where no line break came after it.
	 *
	 * @throws CsvError when a quoted value was not closed: the text was cut off
	 */
	end(): string[][] {
		if (this.state === 'quoted') throw new CsvError('The file ends inside a quoted value');
		if (this.state === 'start of value' && this.record.length === 0) return [];
		this.endValue('');
		return [this.endRecord()];
	}

	private endValue(rest: string): void {
		this.record.push(this.value + rest);
		this.value = '';
		this.state = 'start of value';
	}

	private endRecord(): string[] {
		const { record } = this;
		this.record = [];
		return record;
	}
}

/** Turns records into objects by the names in the first one. Lines without any value are left out. */
export class CsvObjects {
	private header: string[] | undefined;

	private count = 1;

	/**
	 * @throws CsvError when a record has more or fewer values than there are names: a part of it is missing
	 */
	take(records: string[][]): Array<Record<string, string>> {
		const objects: Array<Record<string, string>> = [];
		for (const record of records) {
			if (this.header === undefined) {
				this.header = record;
				continue;
			}
			const { header } = this;
			this.count++;
			if (record.length === 1 && record[0] === '' && header.length > 1) continue;
			if (record.length !== header.length) {
				throw new CsvError(
					`Row ${this.count} of the file has ${record.length} values instead of ${header.length}`,
				);
			}
			objects.push(Object.fromEntries(header.map((name, column) => [name, record[column] ?? ''])));
		}
		return objects;
	}
}
