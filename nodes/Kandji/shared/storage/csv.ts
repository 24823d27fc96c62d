type State = 'start of value' | 'plain' | 'quoted' | 'after quote';

/** Thrown for incomplete CSV; the message says where. */
export class CsvError extends Error {}

/**
 * Parses CSV (RFC 4180) in chunks: quoted values with doubled quotes and line breaks, empty values, CRLF, LF or
 * CR between records, and a byte order mark at the start.
 */
export class CsvReader {
	private state: State = 'start of value';

	private value = '';

	private record: string[] = [];

	private isStart = true;

	private isAfterCr = false;

	/** Takes the next chunk, which may end anywhere. Returns the records that are complete by now. */
	push(chunk: string): string[][] {
		const records: string[][] = [];
		let from = 0;
		if (this.isStart && chunk !== '') {
			this.isStart = false;
			if (chunk.startsWith('\uFEFF')) from = 1;
		}
		for (let at = from; at < chunk.length; at++) {
			const character = chunk[at];
			const isSecondOfCrLf = this.isAfterCr && character === '\n';
			this.isAfterCr = false;
			if (isSecondOfCrLf) {
				from = at + 1;
			} else if (this.state === 'quoted') {
				if (character !== '"') continue;
				this.value += chunk.slice(from, at);
				from = at + 1;
				this.state = 'after quote';
			} else if (character === '"' && this.state !== 'plain') {
				// A doubled quote is part of the value.
				if (this.state === 'start of value') from = at + 1;
				this.state = 'quoted';
			} else if (character === ',' || character === '\n' || character === '\r') {
				this.endValue(chunk.slice(from, at));
				from = at + 1;
				if (character === ',') continue;
				this.isAfterCr = character === '\r';
				records.push(this.endRecord());
			} else {
				this.state = 'plain';
			}
		}
		this.value += chunk.slice(from);
		return records;
	}

	/**
	 * Ends the text. Returns the last record if no line break followed it.
	 *
	 * @throws CsvError when a quoted value is not closed: the text was cut off
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

/**
 * The names of columns as keys of an object, so that no column takes another's place: a column without a name is
 * called after its number, and one with a name that is taken gets a number too.
 */
function keysOf(header: string[]): string[] {
	const taken = new Set(header);
	const used = new Set<string>();
	const counts = new Map<string, number>();
	return header.map((name, column) => {
		const wanted = name.trim() === '' ? `column_${column + 1}` : name;
		let key = wanted;
		while (used.has(key) || (key !== name && taken.has(key))) {
			const count = (counts.get(wanted) ?? 1) + 1;
			counts.set(wanted, count);
			key = `${wanted}_${count}`;
		}
		used.add(key);
		return key;
	});
}

/** Turns records into objects, keyed by the names in the first record. Blank lines are skipped. */
export class CsvObjects {
	private header: string[] | undefined;

	private count = 1;

	/**
	 * @throws CsvError when a record has more or fewer values than the header: a part of it is missing
	 */
	take(records: string[][]): Array<Record<string, string>> {
		const objects: Array<Record<string, string>> = [];
		for (const record of records) {
			if (this.header === undefined) {
				this.header = keysOf(record);
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
