import type { IDataObject } from 'n8n-workflow';

import { dropFields, orNull, sectionOf } from '../../shared/fields/pick';

/** Sections of a detection, the prefix of their fields in the output, and the fields that are kept. */
const sections: Array<[section: string, prefix: string, fields: string[]]> = [
	['device_info', 'device', ['id', 'name', 'serial_number']],
	['parent_process', 'parent_process', ['name', 'command_line']],
	['target_process', 'target_process', ['name', 'command_line', 'image_path', 'owner', 'sha256']],
	['library_item', 'library_item', ['name']],
	['blueprint', 'blueprint', ['name']],
];

const withoutSections = dropFields(['rule_version', ...sections.map(([section]) => section)]);

/** A detection, flat: its own fields with a value, the device and the two processes. */
export function simplifiedDetection(detection: IDataObject): IDataObject {
	const flat = withoutSections(detection);
	for (const [section, prefix, fields] of sections) {
		const values = sectionOf(detection, section);
		for (const field of fields) {
			// Every resource calls a device's serial number the same.
			const name = field === 'serial_number' ? field : `${prefix}_${field}`;
			flat[name] = orNull(values[field]);
		}
	}
	return flat;
}
