import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { N8nInstallation } from '../n8n/install';
import { createUserFolder } from '../n8n/pack';
import { readDevices } from './floor';
import { addWorkflow, measure, openN8n } from './n8n';
import { kandjiNode } from './nodes';
import {
	atMost,
	median,
	medianPeak,
	noFailure,
	type Figures,
	type Goal,
	type Measurement,
	type Result,
} from './report';
import { countersOf, startTenantProcess } from './tenant';

/** An operation on a whole fleet, which no other node has. */
interface FleetRun {
	tenant: string[];
	/** What goes into the node; one empty item by default. */
	input?: (devices: IDataObject[]) => IDataObject[];
	parameters: INodeParameters;
	/** How many items come out. */
	expected: (devices: IDataObject[]) => number;
	goals: Goal[];
}

const rules: INodeParameters = {
	agentInstalled: true,
	checkedInWithinDays: 14,
	fileVaultOn: true,
	firewallOn: true,
	fullSecureBoot: true,
	gatekeeperOn: true,
	mdmEnabled: true,
	noOpenThreats: true,
	recoveryKeyEscrowed: true,
	systemIntegrityProtectionOn: true,
	appsPresent: { apps: [{ app: 'com.google.Chrome', minimumVersion: '120' }] },
};

const compliance = (devices: number, goals: Goal[]): FleetRun => ({
	tenant: ['--devices', String(devices), '--latency', '150'],
	parameters: { resource: 'device', operation: 'checkCompliance', rules },
	expected: ({ length }) => length,
	goals: [...goals, noFailure],
});

const isMac = ({ platform }: IDataObject): boolean => platform === 'Mac';
const syncedRows = 3_000;
const differences = 40;

export const fleetRuns: Record<string, FleetRun> = {
	compliance_3000: compliance(3_000, [
		atMost('requests', 150, 'at most 150 requests'),
		atMost('ms', 15_000, 'within 15 s'),
	]),
	compliance_30000: compliance(30_000, [atMost('requests', 10_000, 'within the hourly quota')]),
	sync_3000: {
		tenant: ['--devices', '6000', '--latency', '150'],
		input: (devices) =>
			devices
				.filter(isMac)
				.slice(0, syncedRows)
				.map(({ serial_number }, index) => ({
					serial_number,
					asset_tag: index < differences ? `NEW-${index}` : '',
				})),
		parameters: {
			resource: 'device',
			operation: 'syncFromTable',
			serialNumber: '={{ $json.serial_number }}',
			fieldsToSync: { assetTag: '={{ $json.asset_tag }}' },
			// A table that is run again differs no more: a dry run takes all requests but the changes.
			dryRun: true,
			options: { maximumChanges: 1_000 },
		},
		expected: () => syncedRows,
		goals: [atMost('requests', 21 + 10, 'at most the pages and 10 requests, besides the changes')],
	},
};

export async function runFleet(
	{ tenant: args, input, parameters, expected, goals }: FleetRun,
	runs: number,
	installation: N8nInstallation,
	report: (progress: string) => void,
): Promise<Result> {
	const tenant = await startTenantProcess(args);
	const n8n = await openN8n(installation, await createUserFolder());
	try {
		const devices = await readDevices(tenant);
		const workflow = await addWorkflow(n8n, tenant, [kandjiNode(parameters)], input?.(devices));
		const measured: Measurement[] = [];
		const requests: number[] = [];
		for (let run = 1; run <= runs; run++) {
			const { received: before } = await countersOf(tenant);
			measured.push(await measure(n8n, workflow, expected(devices)));
			requests.push((await countersOf(tenant)).received - before);
			report(`run ${run} of ${runs}: ${measured.at(-1)?.ms} ms, ${requests.at(-1)} requests`);
		}
		const times = measured.map(({ ms }) => ms);
		const figures: Figures = {
			ms: Math.round(median(times)),
			min_ms: Math.min(...times),
			max_ms: Math.max(...times),
			requests: Math.max(...requests),
			// What a request for the details of each device would take.
			details_requests: devices.length,
			failures: Math.max(...measured.map(({ failures }) => failures)),
			peak_rss_mb: medianPeak(measured),
		};
		return { figures, goals };
	} finally {
		await Promise.all([n8n.stop(), tenant.stop()]);
	}
}
