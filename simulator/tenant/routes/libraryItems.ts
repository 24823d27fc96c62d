import type { Resource } from '../core';
import { text, uuidParam, type Call } from '../http/call';
import { notFoundPage } from '../http/errors';
import { byOffset, type Rows } from '../http/paging';
import type { TenantState } from '../state';
import { devicesWith, statusRecord } from '../state/itemStatus';
import { findItem, type LibraryItem } from '../state/library';
import { libraryActivityOf } from '../state/libraryActivity';

/** What all library items share: activity, statuses, and the Self Service categories. */
export const libraryItems: Resource = (add, { state }) => {
	add('GET /api/v1/library/library-items/{library_item_id}/activity', (call) => {
		const { id } = itemOf(state, call);
		const type = text(call.query, 'activity_type');
		const user = text(call.query, 'user_id');
		const email = text(call.query, 'user_email');
		const found = libraryActivityOf(state, id).filter(
			(entry) =>
				(type === undefined || entry.activity_type === type) &&
				(user === undefined || entry.user_id === user) &&
				(email === undefined || entry.user_email === email),
		);
		return byOffset(call, found, { max: 300 });
	});

	add('GET /api/v1/library/library-items/{library_item_id}/status', (call) => {
		const item = itemOf(state, call);
		const computer = text(call.query, 'computer_id');
		const devices = devicesWith(state, item.id).filter(
			(device) => computer === undefined || device.device_id === computer,
		);
		const rows: Rows<Record<string, unknown>> = {
			length: devices.length,
			slice: (start, end) =>
				devices.slice(start, end).map((device) => statusRecord(state, device, item)),
		};
		return byOffset(call, rows, { max: 300, refuse: true });
	});

	add('GET /api/v1/self-service/categories', () => state.library.categories);
};

function itemOf(state: TenantState, call: Call): LibraryItem {
	const item = findItem(state.library, uuidParam(call, 'library_item_id'));
	if (!item) throw notFoundPage();
	return item;
}
