import type { Column, DeviceRecord, Fleet } from './record';

/** A fleet as it is stored: for each device its id, its flags and a value for each column. */
export interface PackedFleet {
	columns: Column[];
	/** {@link Contents}: JSON, compressed, in Base64. */
	data: string;
}

/** Column by column, since the values of one are alike and compress well. */
interface Contents {
	/** The ids, one after the other. */
	ids: string;
	flags: number[];
	/** For each column a value for each device; null where none was stored. */
	values: Array<Array<number | string | null>>;
}

const idLength = 32;

const through = (
	content: string | Buffer,
	stream: CompressionStream | DecompressionStream,
): Response => new Response(new Blob([content]).stream().pipeThrough(stream));

/** Packs these columns of a fleet. */
export async function packFleet(fleet: Fleet, columns: Column[]): Promise<PackedFleet> {
	const records = [...fleet.values()];
	const contents: Contents = {
		ids: records.map(({ id }) => id).join(''),
		flags: records.map(({ flags }) => flags),
		values: columns.map((column) => records.map(({ values }) => values[column] ?? null)),
	};
	const compressed = through(JSON.stringify(contents), new CompressionStream('deflate-raw'));
	return { columns, data: Buffer.from(await compressed.arrayBuffer()).toString('base64') };
}

/**
 * Unpacks a stored fleet. Its records have the columns that they were stored with, even if others are needed now.
 *
 * @throws TypeError or SyntaxError when the data is truncated
 */
export async function unpackFleet({ columns: stored, data }: PackedFleet): Promise<Fleet> {
	// n8n wraps static data in proxies, which are slow.
	const columns = [...stored];
	const bytes = Buffer.from(data, 'base64');
	const text = await through(bytes, new DecompressionStream('deflate-raw')).text();
	const { ids, flags, values } = JSON.parse(text) as Contents;
	const fleet: Fleet = new Map();
	for (const [index, bits] of flags.entries()) {
		const id = ids.slice(index * idLength, (index + 1) * idLength);
		const record: DeviceRecord = { id, flags: bits, values: {} };
		for (const [at, column] of columns.entries()) {
			record.values[column] = values[at]?.[index] ?? undefined;
		}
		fleet.set(id, record);
	}
	return fleet;
}
