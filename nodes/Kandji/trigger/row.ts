/** A record as the API returns it. */
export type Row = Record<string, unknown>;
