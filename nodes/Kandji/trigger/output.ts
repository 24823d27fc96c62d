import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { withIsoDates } from '../shared/fields/isoDates';
import { simplified } from '../shared/fields/output';
import type { TriggerEvent } from './events';
import { triggerEvents } from './events';

/** Makes the trigger's item of an event: the event, its details, then the record. */
export function asItem(
	{ event, event_id, details, record }: TriggerEvent,
	simplify: boolean,
): INodeExecutionData {
	const raw = record as IDataObject;
	const pick = triggerEvents[event].simplify;
	const readable = () => (pick === undefined ? withIsoDates(raw) : simplified(pick, raw));
	return {
		json: { event, event_id, ...(details as IDataObject), ...(simplify ? readable() : raw) },
	};
}
