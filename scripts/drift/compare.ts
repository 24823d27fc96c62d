import type { Exchange } from '../../test/contract/contractCase';
import type { SentRequest } from './contract';
import { fieldsOf } from './fields';
import { bestMatch, normalPath, wordsFor } from './path';
import { distinct, type VendorOperation } from './vendor';

/** What only one side knows. */
export interface Difference {
	part: 'query' | 'body' | 'encoding';
	/** Documented by the vendor, sent by no row of the contract. */
	documented: string[];
	/** Sent, not documented. */
	sent: string[];
}

/** An operation of the vendor that the node does not use. */
export type NewOperation = Pick<VendorOperation, 'method' | 'path' | 'title'>;

/** A request of the node that the vendor does not document. */
export type GoneRequest = Pick<SentRequest, 'method' | 'path' | 'operations'>;

/** A request that both sides know, and what differs. */
export interface ChangedRequest extends GoneRequest {
	differences: Difference[];
}

export interface Drift {
	new: NewOperation[];
	gone: GoneRequest[];
	changed: ChangedRequest[];
}

type Request = Exchange['request'];

/** Requests of one kind that are the same operation of the vendor. */
interface Match {
	vendor: VendorOperation;
	sent: SentRequest;
	requests: Request[];
}

const pagingParameters = ['limit', 'offset', 'page', 'cursor', 'after', 'size'];

const isPaging = (name: string) => pagingParameters.includes(name);

const without = (names: string[], others: string[]) =>
	names.filter((name) => !others.includes(name)).sort();

const queryOf = (requests: readonly Request[]) =>
	distinct(requests.flatMap(({ query = {} }) => Object.keys(query)));

const bodyOf = (requests: readonly Request[]) =>
	distinct(requests.flatMap(({ body }) => fieldsOf(body)));

const encodingsOf = (requests: readonly Request[]) =>
	distinct(requests.flatMap(({ encoding }) => (encoding === 'none' ? [] : encoding)));

function matchesOf(vendors: readonly VendorOperation[], sent: SentRequest): Match[] {
	const requests = new Map<VendorOperation, Request[]>();
	for (const request of sent.requests) {
		const own = { method: request.method, path: normalPath('', request.path) };
		const vendor = bestMatch(vendors, own);
		if (vendor !== undefined) requests.set(vendor, [...(requests.get(vendor) ?? []), request]);
	}
	return [...requests].map(([vendor, matched]) => ({ vendor, sent, requests: matched }));
}

/**
 * Without those that match by accident: `/blueprints/templates` matches a `/blueprints/{blueprint_id}`, but that
 * one is the node's own `/blueprints/{blueprint_id}`.
 */
function trueMatches(all: readonly Match[]): Match[] {
	const words = ({ vendor, sent }: Match) => wordsFor(vendor.path, sent.path);
	return all.filter((match) =>
		all.every((other) => other.vendor !== match.vendor || words(match) <= words(other)),
	);
}

/** The template when none of its requests is known to the vendor, else the paths of those that are not. */
function goneOf(sent: SentRequest, matches: readonly Match[]): GoneRequest[] {
	const known = matches.filter((match) => match.sent === sent).flatMap(({ requests }) => requests);
	const { method, operations } = sent;
	if (known.length === 0) return [{ method, path: sent.path, operations }];
	const others = sent.requests.filter((request) => !known.includes(request));
	const paths = distinct(others.map((request) => normalPath('', request.path)));
	return paths.map((path) => ({ method, path, operations }));
}

function encodingDifference(vendor: VendorOperation, requests: readonly Request[]): Difference {
	const sent = encodingsOf(requests);
	const isSame =
		sent.length === 0
			? vendor.encodings.length === 0
			: sent.every((encoding) => vendor.encodings.includes(encoding));
	const orNone = (encodings: string[]) => (encodings.length === 0 ? ['none'] : encodings);
	return {
		part: 'encoding',
		documented: isSame ? [] : orNone(vendor.encodings),
		sent: isSame ? [] : orNone(sent),
	};
}

/**
 * Rows of one template count together for what they do not send: a row that sends every filter is enough for all
 * paths that it matches.
 */
function differencesOf(vendor: VendorOperation, matches: readonly Match[]): Difference[] {
	const requests = matches.flatMap((match) => match.requests);
	const alike = matches.flatMap(({ sent }) => sent.requests);
	const differences: Difference[] = [
		{
			part: 'query',
			documented: without(vendor.query, queryOf(alike)).filter((name) => !isPaging(name)),
			sent: without(queryOf(requests), vendor.query),
		},
		{
			part: 'body',
			documented: without(vendor.fields, bodyOf(alike)),
			sent: without(bodyOf(requests), vendor.fields),
		},
		encodingDifference(vendor, requests),
	];
	return differences.filter(({ documented, sent }) => documented.length + sent.length > 0);
}

const byRequest = (
	one: Pick<NewOperation, 'method' | 'path'>,
	other: Pick<NewOperation, 'method' | 'path'>,
) => (`${one.path} ${one.method}` < `${other.path} ${other.method}` ? -1 : 1);

/** What the vendor documents and the node does not send, and the other way round. */
export function compare(vendors: readonly VendorOperation[], sent: readonly SentRequest[]): Drift {
	const matches = trueMatches(sent.flatMap((request) => matchesOf(vendors, request)));
	const drift: Drift = {
		new: [],
		gone: sent.flatMap((request) => goneOf(request, matches)),
		changed: [],
	};
	for (const vendor of vendors) {
		const { method, path, title } = vendor;
		const own = matches.filter((match) => match.vendor === vendor);
		if (own.length === 0) {
			drift.new.push({ method, path, title });
			continue;
		}
		const differences = differencesOf(vendor, own);
		const operations = distinct(own.flatMap((match) => match.sent.operations));
		if (differences.length > 0) drift.changed.push({ method, path, operations, differences });
	}
	drift.new.sort(byRequest);
	drift.gone.sort(byRequest);
	drift.changed.sort(byRequest);
	return drift;
}
