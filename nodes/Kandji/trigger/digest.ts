import { hash } from 'node:crypto';

/** The first `bytes` bytes of a text's SHA-256 hash, in hexadecimal. */
export const digest = (text: string, bytes: number): string =>
	hash('sha256', text, 'hex').slice(0, bytes * 2);
