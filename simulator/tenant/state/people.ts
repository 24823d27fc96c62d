import { DEPARTMENTS, FIRST_NAMES, JOB_TITLES, LAST_NAMES } from './catalog';
import { DAY, HOUR, zulu } from './dates';
import type { Random } from './random';
import type { DeviceUser, User } from './types';

const ascii = (text: string) =>
	text
		.replace(/ø/gi, 'o')
		.replace(/ı/g, 'i')
		.normalize('NFD')
		.replace(/[^a-z]/gi, '')
		.toLowerCase();

const MAILBOX = new Map([...FIRST_NAMES, ...LAST_NAMES].map((name) => [name, ascii(name)]));

/** Makes `count` directory users, newest first as the API lists them. Emails are unique. */
export function createUsers(random: Random, count: number, now: number): Map<string, User> {
	const integrations = [
		{ id: 634, name: 'acme', uuid: random.uuid(), type: 'office365' },
		{ id: 641, name: 'acme contractors', uuid: random.uuid(), type: 'google' },
	];
	const used = new Set<string>();
	const users = new Map<string, User>();
	for (let index = 0; index < count; index++) {
		const first = random.pick(FIRST_NAMES);
		const last = random.pick(LAST_NAMES);
		const base = `${MAILBOX.get(first)}.${MAILBOX.get(last)}`;
		let local = base;
		if (used.has(local)) local = `${base}${index}`;
		used.add(local);
		const created = now - random.int(DAY, 1500 * DAY);
		const archived = random.chance(4);
		const user: User = {
			active: !archived,
			archived,
			created_at: zulu(created),
			department: random.chance(15) ? null : random.pick(DEPARTMENTS),
			deprecated_user_id: String(30_000 + count - index),
			email: `${local}@acme.example`,
			id: random.uuid(),
			integration: random.chance(90) ? integrations[0]! : integrations[1]!,
			job_title: random.chance(30) ? null : random.pick(JOB_TITLES),
			name: `${first} ${last}`,
			updated_at: zulu(created + random.int(0, 30) * HOUR),
		};
		users.set(user.id, user);
	}
	return users;
}

/** The short form of a user that stands in device records. */
export function deviceUser(user: User): DeviceUser {
	return { email: user.email, name: user.name, id: user.id, is_archived: user.archived };
}
