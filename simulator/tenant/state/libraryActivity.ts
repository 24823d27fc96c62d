import { DAY, zulu } from './dates';
import type { TenantState } from './index';
import { findItem } from './library';
import { hash, randomFor } from './random';

/** An entry of `GET /library/library-items/{id}/activity`. */
export interface LibraryActivity {
	id: number;
	activity_time: string;
	activity_type: string;
	user_id: string;
	user_email: string;
	details: string[] | null;
}

/** A library item's activity, newest first; what happened before the tenant's start is generated on first use. */
export function libraryActivityOf(state: TenantState, id: string): LibraryActivity[] {
	let activity = state.libraryActivity.get(id);
	if (!activity) {
		activity = findItem(state.library, id) ? past(state, id) : [];
		state.libraryActivity.set(id, activity);
	}
	return activity;
}

function past(state: TenantState, id: string): LibraryActivity[] {
	const random = randomFor(state.seed, `library ${id}`);
	const user_id = random.uuid();
	let time = state.clock.start - random.int(40 * DAY, 400 * DAY);
	return Array.from({ length: random.int(1, 8) }, (_, index): LibraryActivity => {
		time += random.int(60_000, 4 * DAY);
		return {
			id: 1000 + (hash(id) % 100_000) * 10 + index,
			activity_time: zulu(time),
			activity_type: index === 0 ? 'library_item_created' : 'library_item_assignment_changed',
			user_id,
			user_email: 'admin@acme.example',
			details: null,
		};
	}).reverse();
}

/** Notes what the API did to a library item. */
export function recordLibraryActivity(
	state: TenantState,
	id: string,
	type: string,
	details: string[] | null = null,
): void {
	if (type === 'library_item_created') state.libraryActivity.set(id, []);
	const activity = libraryActivityOf(state, id);
	activity.unshift({
		id: (activity[0]?.id ?? 1000) + 1,
		activity_time: zulu(state.clock.now()),
		activity_type: type,
		user_id: state.apiTokenId,
		user_email: 'api@acme.example',
		details,
	});
}
