/**
 * Runs `fetch` for the indexes 0 to `count - 1`, several at a time, and yields the results in order.
 *
 * @param ahead most calls in flight at once
 * @throws what the call for the next index throws; later calls are then left unobserved
 */
export async function* prefetch<T>(
	count: number,
	ahead: number,
	fetch: (index: number) => Promise<T>,
): AsyncGenerator<T, void> {
	const inFlight: Array<Promise<T>> = [];
	const start = (index: number) => {
		if (index >= count) return;
		const result = fetch(index);
		// It is awaited later; a rejection before that must not count as unhandled.
		result.catch(() => undefined);
		inFlight.push(result);
	};
	for (let index = 0; index < ahead; index++) start(index);
	for (let index = 0; index < count; index++) {
		const result = await inFlight.shift()!;
		start(index + ahead);
		yield result;
	}
}
