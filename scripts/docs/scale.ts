import { table } from './markdown';

/** What decides how many requests a run takes. */
export interface Fleet {
	devices: number;
	/** Devices that are Macs: Prism's categories have a row for each. */
	macs: number;
	/** Archived ones are not listed. */
	users: number;
	/** Devices of a table that differ from it. */
	differences: number;
}

/** Records per page of every list here, users included. */
const pageSize = 300;

const pagesOf = (rows: number): number => Math.max(1, Math.ceil(rows / pageSize));

/** Pages of a list whose last one is known by not being full. */
const pagesToShortOne = (rows: number): number => Math.floor(rows / pageSize) + 1;

/** Pages that each begin with the last row of the page before, so that a list that shifts is noticed. */
const overlappingPagesOf = (rows: number): number =>
	rows < pageSize ? 1 : 2 + Math.floor((rows - pageSize) / (pageSize - 1));

/** One kind of run: what it sends, and how many of its requests can only follow one another. */
interface Job {
	name: string;
	requests: (fleet: Fleet) => number;
	/** The longest chain of pages of which each names the next. */
	chain: (fleet: Fleet) => number;
}

/** Prism categories that the compliance run of {@link jobs} reads. */
const categories = 4;

/** What a fleet costs, by the job's key. The tests run each against a simulated tenant. */
export const jobs = {
	poll: {
		name: 'Poll of the trigger, device events',
		requests: ({ devices }) => pagesToShortOne(devices),
		chain: () => 1,
	},
	report: {
		name: 'Report: Device › Get Many',
		requests: ({ devices }) => overlappingPagesOf(devices),
		chain: () => 1,
	},
	compliance: {
		name: 'Device › Check Compliance: FileVault, firewall, Gatekeeper, SIP and secure boot',
		requests: ({ devices, macs }) => overlappingPagesOf(devices) + categories * pagesOf(macs),
		chain: ({ macs }) => pagesOf(macs),
	},
	sync: {
		name: 'Device › Sync from Table: user, blueprint and tags of every device, 40 of them differ',
		requests: ({ devices, users, differences }) =>
			overlappingPagesOf(devices) + pagesOf(users) + 2 + differences,
		chain: ({ users, differences }) => pagesOf(users) + differences,
	},
	details: {
		name: 'Device › Get Details, for each device of a report',
		requests: ({ devices }) => overlappingPagesOf(devices) + devices,
		chain: () => 1,
	},
} satisfies Record<string, Job>;

const perSecond = 50;
const perHour = 10_000;

/** Seconds from request to response, as tenants answer overseas. */
const latency = 0.15;

/** The fleet of the tables: seven in ten devices are Macs, and seven in ten have a user of their own. */
const fleetOf = (devices: number): Fleet => ({
	devices,
	macs: devices * 0.7,
	users: devices * 0.7,
	differences: 40,
});

const sizes = [5_000, 50_000, 200_000];

function costOf({ requests, chain }: Job, devices: number): string {
	const fleet = fleetOf(devices);
	const count = requests(fleet);
	const seconds = Math.ceil(Math.max(count / perSecond, chain(fleet) * latency));
	const share = count / perHour;
	const hours = share > 1 ? `${Math.ceil(share)} hours` : `${Math.ceil(share * 100)} % of an hour`;
	return share > 1
		? `${count.toLocaleString('en')} requests, ${hours}`
		: `${count.toLocaleString('en')} requests, ${seconds} s, ${hours}`;
}

/** Requests, seconds at least, and share of the hourly quota of each job, by the size of the fleet. */
export const scaleTable = (): string =>
	table(
		['', ...sizes.map((devices) => `${devices.toLocaleString('en')} devices`)],
		Object.values<Job>(jobs).map((job) => [
			job.name,
			...sizes.map((devices) => costOf(job, devices)),
		]),
	);
