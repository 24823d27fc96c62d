import { startService, type Service } from './service';

/** An asset as Snipe-IT keeps it; the fields that matter here. */
export interface SnipeAsset {
	id: number;
	serial: string;
	asset_tag: string;
	model_id: number;
	status_id: number;
	name?: string;
	notes?: string;
}

interface SnipeModel {
	id: number;
	name: string;
	category_id: number;
}

/** Snipe-IT with its assets and models, as live arrays. */
export interface SnipeIt extends Service {
	assets: SnipeAsset[];
	models: SnipeModel[];
	/** What it answers to everyone who reads assets, instead of them. */
	refusal?: string;
}

/** Snipe-IT tells failures with status 200. */
const failure = (messages: unknown) => ({ status: 'error', messages, payload: null });
const success = (payload: unknown) => ({ status: 'success', messages: 'Done.', payload });
const page = (rows: unknown[]) => ({ total: rows.length, rows });

/** The part of Snipe-IT's API about hardware and models. */
export async function startSnipeIt(): Promise<SnipeIt> {
	const assets: SnipeAsset[] = [];
	const models: SnipeModel[] = [];
	const missing = (asset: Partial<SnipeAsset>) =>
		(['asset_tag', 'model_id', 'status_id'] as const).filter((field) => !asset[field]);
	const snipeIt: Pick<SnipeIt, 'refusal'> = {};
	const service = await startService('snipe-it-token', (app) => {
		app.get('/api/v1/models', () => page(models));
		app.post<{ Body: Omit<SnipeModel, 'id'> }>('/api/v1/models', ({ body }) => {
			if (!body.name || !body.category_id) return failure({ name: ['name and category_id'] });
			const model = { id: models.length + 1, name: body.name, category_id: body.category_id };
			models.push(model);
			return success(model);
		});
		app.get<{ Querystring: { limit: string; offset: string } }>(
			'/api/v1/hardware',
			({ query: { limit, offset } }) => {
				if (snipeIt.refusal !== undefined) return failure(snipeIt.refusal);
				const start = Number(offset);
				const rows = assets.slice(start, start + Math.min(Number(limit), 500));
				return { total: assets.length, rows };
			},
		);
		app.get<{ Params: { serial: string } }>('/api/v1/hardware/byserial/:serial', ({ params }) => {
			const rows = assets.filter(({ serial }) => serial === params.serial);
			return rows.length > 0 ? page(rows) : failure('Asset does not exist.');
		});
		app.post<{ Body: Omit<SnipeAsset, 'id'> }>('/api/v1/hardware', ({ body }) => {
			const lacks = missing(body);
			if (lacks.length > 0) return failure({ [lacks[0]!]: ['This field is required.'] });
			if (assets.some(({ asset_tag }) => asset_tag === body.asset_tag)) {
				return failure({ asset_tag: ['The asset tag must be unique.'] });
			}
			const asset = { ...body, id: assets.length + 1 };
			assets.push(asset);
			return success(asset);
		});
		app.patch<{ Params: { id: string }; Body: Partial<SnipeAsset> }>(
			'/api/v1/hardware/:id',
			({ params, body }) => {
				const asset = assets.find(({ id }) => id === Number(params.id));
				if (asset === undefined) return failure('Asset not found');
				return success(Object.assign(asset, body));
			},
		);
	});
	return Object.assign(snipeIt, service, { assets, models });
}
