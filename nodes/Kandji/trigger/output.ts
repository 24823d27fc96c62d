import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { simplifiedDevice } from '../resources/device/simplified';
import type { TriggerEvent } from './events';
import { deviceEvents } from './events';

const isAboutDevice = ({ event }: TriggerEvent): boolean =>
	(deviceEvents as readonly string[]).includes(event) && event !== 'deviceRemoved';

/** An event as the trigger's item: what happened, then the record. */
export function asItem(event: TriggerEvent, simplify: boolean): INodeExecutionData {
	const record = event.record as IDataObject;
	return {
		json: {
			event: event.event,
			event_id: event.event_id,
			...(event.details as IDataObject),
			...(simplify && isAboutDevice(event) ? simplifiedDevice(record) : record),
		},
	};
}
