import { CATEGORIES } from '../../simulator/tenant/state/prism/categories';
import { lazyRows } from '../../simulator/tenant/state/prism/rows';
import { itemsOf } from '../../simulator/tenant/state/blueprints';
import type { Device } from '../../simulator/tenant/state/types';
import { outputOf } from '../../scripts/n8n/client';
import { startInbox, type Inbox } from './services/inbox';
import { jiraChanges, startJira, type Jira } from './services/jira';
import { mattermostChanges, startMattermost, type Mattermost } from './services/mattermost';
import { startService, type Service } from './services/service';
import { expectExactNote, expectSuccess, runExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

let kandji: Kandji;

beforeAll(async () => {
	kandji = await startKandji({ devices: 120 });
});
beforeEach(() => kandji.tenant.reset());
afterAll(async () => await kandji.tenant.close());

const devices = () => [...kandji.tenant.state.devices.values()];
const macOf = () => devices().find(({ platform }) => platform === 'Mac')!;
const writes = () => kandji.tenant.counters.log.filter(({ method }) => method !== 'GET');

describe('Compliance to tickets', () => {
	let jira: Jira;

	beforeAll(async () => {
		jira = await startJira();
	});
	afterAll(async () => await jira.close());

	const run = async () => await runExample(kandji, 'compliance-to-tickets', jiraChanges(jira));
	const labelOf = ({ serial_number }: Device) =>
		`kandji-compliance-${serial_number.replaceAll(' ', '_')}`;
	const ids = () => jira.issues.map(({ fields }) => fields.labels[1]);

	it('opens one ticket for each device that fails, again once it is done, and none twice', async () => {
		const macs = devices().filter(({ platform }) => platform === 'Mac');
		const now = new Date().toISOString();
		for (const device of devices()) {
			Object.assign(device, { last_check_in: now, os_version: '99.0' });
		}
		for (const { device_id } of macs) {
			const escrowed = { filevault_enabled: true, filevault_escrowed: true };
			kandji.tenant.mutate({ op: 'setTraits', device_id, traits: escrowed });
		}
		const [unencrypted, outdated] = macs as [Device, Device];
		const off = { filevault_enabled: false, filevault_escrowed: false };
		kandji.tenant.mutate({ op: 'setTraits', device_id: unencrypted.device_id, traits: off });
		// As virtual machines have them.
		outdated.serial_number = 'VMware-56 4d 12';
		Object.assign(outdated, { os_version: '14.7.1', last_check_in: '2024-01-02T03:04:05Z' });
		// A record that a device left behind.
		const { serial_number } = unencrypted;
		kandji.tenant.mutate({
			op: 'addDevice',
			fields: { platform: 'Mac', serial_number, os_version: '14.0', last_check_in: now },
		});
		expectSuccess(await run());
		expect(ids().sort()).toEqual([labelOf(unencrypted), labelOf(outdated)].sort());
		const issueOf = (device: Device) =>
			jira.issues.findLast(({ fields }) => fields.labels.includes(labelOf(device)))!;
		expect(issueOf(unencrypted).fields).toMatchObject({
			summary: `${unencrypted.device_name} (${unencrypted.serial_number}) is not compliant`,
			description: expect.stringMatching(
				/\nFileVault On: false, expected true\nRecovery Key Escrowed: false, expected true$/,
			),
		});
		const [, ...lines] = issueOf(outdated).fields.description!.split('\n');
		expect(lines).toEqual([
			'Checked In Within: 2024-01-02T03:04:05Z, expected within 30 days',
			'Minimum OS Version: Mac: 14.7.1, expected 15.0',
		]);

		expectSuccess(await run());
		expect(jira.issues).toHaveLength(2);

		issueOf(outdated).done = true;
		expectSuccess(await run());
		expect(ids().slice(2)).toEqual([labelOf(outdated)]);
		expect(writes()).toEqual([]);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('compliance-to-tickets');
	});
});

describe('Apps below a version', () => {
	const APP = 'Google Chrome';
	const VERSION = '139.0.7258.67';
	let mattermost: Mattermost;

	beforeAll(async () => {
		mattermost = await startMattermost();
	});
	beforeEach(() => {
		mattermost.posts.length = 0;
	});
	afterAll(async () => await mattermost.close());

	const run = async (settings: Record<string, string | boolean> = {}) => {
		const execution = await runExample(kandji, 'apps-below-version', {
			settings: { app: APP, minimumVersion: VERSION, tag: 'chrome', ...settings },
			...mattermostChanges(mattermost),
		});
		expectSuccess(execution);
		return execution;
	};
	/** The Macs with an older Google Chrome and those without. */
	const macs = () => {
		const { state } = kandji.tenant;
		const found = lazyRows(state, CATEGORIES.apps!)
			.slice(0, Infinity)
			.filter(({ device__family: family, name }) => family === 'Mac' && name === APP);
		const devicesOf = (isCurrent: boolean) =>
			found
				.filter(({ version }) => (version === VERSION) === isCurrent)
				.map((row) => state.devices.get(String(row.device_id))!);
		return { outdated: devicesOf(false), current: devicesOf(true) };
	};
	const tagged = () => devices().filter(({ tags }) => tags.includes('chrome'));

	it('posts the list and adds a tag, which it creates, once it is no dry run', async () => {
		const { outdated, current } = macs();
		expect(outdated.length).toBeGreaterThan(3);
		expect(current.length).toBeGreaterThan(0);
		const cards = outputOf(await run(), 'Add tag').map(({ json }) => json);
		expect(cards).toHaveLength(outdated.length);
		expect(cards[0]).toMatchObject({ dry_run: true, summary: expect.stringContaining('chrome') });
		expect(writes()).toEqual([]);

		const before = new Map(devices().map((device) => [device.device_id, device.tags]));
		await run({ dryRun: false });
		expect(new Set(tagged())).toEqual(new Set(outdated));
		for (const { device_id, tags } of outdated) {
			expect(tags).toEqual([...before.get(device_id)!, 'chrome']);
		}
		const [dry, real] = mattermost.posts.map(({ message }) => message.split('\n'));
		expect(dry![0]).toContain('(tag chrome, dry run)');
		expect(real![0]).toBe(
			`${APP} is older than ${VERSION} on ${outdated.length} Macs (tag chrome):`,
		);
		expect(
			real!
				.slice(1)
				.map((line) => /\((\w+)\)/.exec(line)?.[1])
				.sort(),
		).toEqual(outdated.map(({ serial_number }) => serial_number).sort());
		const [mac] = outdated as [Device];
		expect(real!.find((line) => line.includes(mac.serial_number))).toBe(
			`- ${mac.device_name} (${mac.serial_number}), ${mac.user ? mac.user.email : 'no user'}: 1.0`,
		);
	});

	it('reads a single Mac alone, and keeps the tags that it has', async () => {
		const [mac, ...others] = macs().outdated as [Device];
		for (const { device_id } of others) kandji.tenant.mutate({ op: 'loseInventory', device_id });
		mac.tags = ['chrome'];
		await run({ dryRun: false });
		expect(mattermost.posts[0]?.message).toContain('on 1 Mac (tag chrome):');
		expect(tagged()).toEqual([mac]);
		expect(writes()).toEqual([]);
	});

	it('posts and changes nothing when no Mac has an older version', async () => {
		await run({ minimumVersion: '1.0', dryRun: false });
		expect(mattermost.posts).toEqual([]);
		expect(writes()).toEqual([]);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('apps-below-version');
	});
});

describe('Return to Service for a classroom', () => {
	const ERASE = 'POST /api/v1/devices/{device_id}/action/erase';
	let files: Service;
	let csv = '';

	beforeAll(async () => {
		files = await startService('file-store-token', (app) => {
			app.get('/ipads.csv', async (_request, reply) => await reply.type('text/csv').send(csv));
		});
	});
	afterAll(async () => await files.close());

	const ipads = () => devices().filter(({ platform }) => platform === 'iPad');
	/** Writes the file: the serial numbers of room 12, and one of another room. */
	const write = (serials: string[]) => {
		csv = [
			'serial_number,classroom',
			`${ipads().at(-1)!.serial_number},Room 13`,
			...serials.map((serial) => `${serial},Room 12`),
		].join('\n');
	};
	/** Four iPads in a blueprint with a profile. */
	const prepare = () => {
		const blueprint = [...kandji.tenant.state.blueprints.values()].find(
			(each) => itemsOf(each).length > 0,
		)!;
		const room = ipads().slice(0, 4);
		for (const ipad of room) Object.assign(ipad, { blueprint_id: blueprint.id, mdm_enabled: true });
		write(room.map(({ serial_number }) => serial_number));
		return { room, profile: itemsOf(blueprint)[0]! };
	};
	const run = async (settings: Record<string, string | number | boolean>) =>
		await runExample(kandji, 'return-to-service-classroom', {
			settings: { fileUrl: `${files.url}/ipads.csv`, iPads: 4, dryRun: false, ...settings },
			tokens: { 'File store': files.token },
		});
	const erased = () => kandji.tenant.counters.operations[ERASE]?.executed ?? 0;

	it('shows the iPads of the room, and then erases them and no other', async () => {
		const { room, profile } = prepare();
		const dry = await run({ wifiProfileId: profile, dryRun: true });
		expectSuccess(dry);
		const cards = outputOf(dry, 'Erase').map(({ json }) => json);
		expect(cards.map(({ device }) => (device as Record<string, string>).serial_number)).toEqual(
			room.map(({ serial_number }) => serial_number),
		);
		expect(cards[0]).toMatchObject({
			request: {
				body: { ReturnToService: { Enabled: true, ProfileId: profile } },
			},
		});
		expect(writes()).toEqual([]);

		expectSuccess(await run({ wifiProfileId: profile }));
		expect(erased()).toBe(4);
		const gone = devices().filter(({ mdm_enabled }) => !mdm_enabled);
		expect(gone).toEqual(expect.arrayContaining(room));
	});

	it.each<[string, (serials: string[]) => string[], string]>([
		['an iPad is missing in the file', (serials) => serials.slice(1), 'There are 3 input items'],
		[
			'a serial number is a Mac’s',
			([first, second, third]) => [first!, second!, third!, macOf().serial_number],
			'There are 3 input items',
		],
		[
			'a serial number is unknown',
			([first, second, third]) => [first!, second!, third!, 'NOSUCHSERIAL'],
			'No device found for "NOSUCHSERIAL"',
		],
		[
			'a serial number is there twice',
			([first, second, third]) => [first!, second!, third!, first!.toLowerCase()],
			'Items 0 and 3 name the same record',
		],
	])('erases nothing if %s', async (_what, change, message) => {
		const { room, profile } = prepare();
		write(change(room.map(({ serial_number }) => serial_number)));
		const { status, data } = await run({ wifiProfileId: profile });
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toContain(message);
		expect(writes()).toEqual([]);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('return-to-service-classroom');
	});
});

describe('Kandji and EDR reconciliation', () => {
	interface EdrDevice {
		serial: string | null;
		hostname: string;
		lastSeen: string;
	}
	let edr: Service;
	let inbox: Inbox;
	let known: EdrDevice[] = [];

	beforeAll(async () => {
		[inbox, edr] = await Promise.all([
			startInbox(),
			startService('edr-token', (app) => {
				app.get<{ Querystring: { os?: string } }>('/v1/devices', ({ query }) =>
					query.os === 'macos' ? known : [],
				);
			}),
		]);
	});
	beforeEach(() => {
		inbox.received.length = 0;
	});
	afterAll(async () => await Promise.all([edr.close(), inbox.close()]));

	const lastSeen = '2026-01-02T03:04:05Z';
	const macs = () => devices().filter(({ platform }) => platform === 'Mac');
	const listed = ({ serial_number, device_name }: Device): EdrDevice => ({
		serial: serial_number.toLowerCase(),
		hostname: device_name,
		lastSeen,
	});
	const run = async () =>
		expectSuccess(
			await runExample(kandji, 'edr-gap', {
				settings: {
					edrUrl: `${edr.url}/v1/devices?os=macos`,
					reportUrl: `${inbox.url}/reports`,
				},
				tokens: { EDR: edr.token, 'Report webhook': inbox.token },
			}),
		);
	const rows = () => {
		const reports = inbox.reports() as Array<{ rows: Array<Record<string, string | null>> }>;
		expect(reports).toHaveLength(1);
		return reports[0]!.rows;
	};

	it('reports each side that the other does not know, and nothing else', async () => {
		const [unprotected, twice, ...others] = macs() as [Device, Device];
		known = [
			...[twice, twice, ...others].map(listed),
			{ serial: 'PRIVATE1', hostname: 'private-mac', lastSeen },
			{ serial: null, hostname: 'virtual-mac', lastSeen },
		];
		await run();
		expect(rows()).toEqual([
			{
				finding: 'not in the EDR',
				serial_number: unprotected.serial_number,
				name: unprotected.device_name,
				user: unprotected.user ? unprotected.user.email : null,
				last_seen: expect.any(String),
			},
			...[
				['PRIVATE1', 'private-mac'],
				['', 'virtual-mac'],
			].map(([serial_number, name]) => ({
				finding: 'not in Kandji',
				serial_number,
				name,
				user: null,
				last_seen: lastSeen,
			})),
		]);
		expect(writes()).toEqual([]);
	});

	it.each<[string, () => EdrDevice[], string]>([
		['a Mac is in Kandji only', () => macs().slice(1).map(listed), 'not in the EDR'],
		[
			'a Mac is in the EDR only',
			() => [...macs().map(listed), { serial: 'PRIVATE1', hostname: 'private-mac', lastSeen }],
			'not in Kandji',
		],
	])('reports a gap on one side when %s', async (_what, list, finding) => {
		known = list();
		await run();
		expect(rows().map((row) => row.finding)).toEqual([finding]);
	});

	it('reports all Macs when the EDR has none, and sends nothing when there is no gap', async () => {
		known = [];
		await run();
		expect(rows()).toHaveLength(macs().length);
		inbox.received.length = 0;
		known = macs().map(listed);
		await run();
		expect(inbox.reports()).toEqual([]);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('edr-gap');
	});
});
