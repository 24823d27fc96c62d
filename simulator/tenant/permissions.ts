/** The token's permission grid: one tick per operation, named "METHOD /path/{template}". */
export class Permissions {
	private granted: Set<string> | 'all';
	private denied = new Set<string>();

	constructor(granted: 'all' | string[]) {
		this.granted = granted === 'all' ? 'all' : new Set(granted);
	}

	allows(operation: string): boolean {
		if (this.denied.has(operation)) return false;
		return this.granted === 'all' || this.granted.has(operation);
	}

	/** Ticks or unticks one operation. */
	set(operation: string, allowed: boolean): void {
		if (allowed) {
			this.denied.delete(operation);
			if (this.granted !== 'all') this.granted.add(operation);
		} else {
			this.denied.add(operation);
		}
	}

	/** Ticks these operations and unticks all others. */
	only(operations: Iterable<string>): void {
		this.granted = new Set(operations);
		this.denied.clear();
	}
}
