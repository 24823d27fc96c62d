import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { simplifiedDetection as simplifiedBehavior } from '../resources/behavioralDetection/simplified';
import { simplifiedDevice } from '../resources/device/simplified';
import { simplifiedThreat } from '../resources/threat/simplified';
import { simplifiedDetection as simplifiedVulnerability } from '../resources/vulnerability/simplified';
import type { EventName, TriggerEvent } from './events';

/** How the node simplifies the records of these events; the others are short as they are. */
const simplified: Partial<Record<EventName, (record: IDataObject) => IDataObject>> = {
	behavioralDetection: simplifiedBehavior,
	deviceChanged: simplifiedDevice,
	deviceCheckedIn: simplifiedDevice,
	deviceEnrolled: simplifiedDevice,
	deviceNotSeen: simplifiedDevice,
	deviceReEnrolled: simplifiedDevice,
	threatDetected: simplifiedThreat,
	vulnerabilityDetected: simplifiedVulnerability,
};

/** The events for whose records Simplify has a meaning. */
export const simplifiedEvents = Object.keys(simplified);

/** An event as the trigger's item: what happened, then the record. */
export function asItem(
	{ event, event_id, details, record }: TriggerEvent,
	simplify: boolean,
): INodeExecutionData {
	const pick = simplify ? simplified[event] : undefined;
	const whole = record as IDataObject;
	return {
		json: { event, event_id, ...(details as IDataObject), ...(pick?.(whole) ?? whole) },
	};
}
