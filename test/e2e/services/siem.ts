import { startService, type Service } from './service';

/** What a collector takes of an event. */
export interface CollectorEvent {
	time: number;
	source: string;
	sourcetype: string;
	event: Record<string, unknown>;
}

/** A SIEM with an HTTP Event Collector as Splunk has it. */
export interface Siem extends Service {
	/** What the header Authorization has to be. */
	authorization: string;
	collectorUrl: string;
	/** The events of each request, oldest first. */
	batches: CollectorEvent[][];
	/** So many of the next requests are answered with "Server is busy". */
	busy: number;
}

const isCollectorEvent = (value: unknown): value is CollectorEvent => {
	const { time, sourcetype, event } = value as Partial<CollectorEvent>;
	const isObject = typeof event === 'object' && Object.keys(event).length > 0;
	return Number.isFinite(time) && typeof sourcetype === 'string' && isObject;
};

/** The events of a body, one JSON object in each line; nothing when one of them is none. */
function eventsIn(body: string): CollectorEvent[] | undefined {
	try {
		const events = body.split('\n').map((line) => JSON.parse(line) as unknown);
		return events.every(isCollectorEvent) ? events : undefined;
	} catch {
		return undefined;
	}
}

/** The collector's endpoint for JSON events. */
export async function startSiem(): Promise<Siem> {
	const token = '0a1b2c3d-0000-4000-8000-00000000hec1';
	const authorization = `Splunk ${token}`;
	const path = '/services/collector/event';
	const batches: CollectorEvent[][] = [];
	const state = { busy: 0 };
	const service = await startService(
		token,
		(app) => {
			app.removeAllContentTypeParsers();
			// Splunk looks at the body only.
			app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
				done(null, body),
			);
			app.post<{ Body: string }>(path, async ({ body }, reply) => {
				if (siem.busy > 0) {
					siem.busy--;
					return await reply.code(503).send({ text: 'Server is busy', code: 9 });
				}
				if (!body) return await reply.code(400).send({ text: 'No data', code: 5 });
				const events = eventsIn(body);
				if (events === undefined) {
					return await reply.code(400).send({ text: 'Invalid data format', code: 6 });
				}
				batches.push(events);
				return { text: 'Success', code: 0 };
			});
		},
		({ headers }) => headers.authorization === authorization,
	);
	const siem = Object.assign(state, service, {
		authorization,
		collectorUrl: service.url + path,
		batches,
	});
	return siem;
}
