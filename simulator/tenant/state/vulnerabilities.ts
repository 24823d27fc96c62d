import { DAY, spacedZoneless, zulu } from './dates';
import type { TenantState } from './index';
import type { Random } from './random';
import type { Device } from './types';

/** A CVE as stored; counts and dates come from its detections. */
export interface Vulnerability {
	cve_id: string;
	severity: 'Low' | 'Medium' | 'High' | 'Critical';
	cvss_score: number;
	kev_score: number;
	epss_score: number;
	cve_link: string;
	description: string;
	status: 'Active' | 'Remediated';
	cve_published_at: string;
	cve_modified_at: string;
}

/** An entry of `GET /vulnerability-management/detections`. */
export interface VulnerabilityDetection {
	device_id: string;
	device_name: string;
	device_serial_number: string;
	device_model: string;
	device_os_version: string;
	blueprint_id: string;
	blueprint_name: string;
	name: string;
	version: string;
	path: string;
	bundle_id: string;
	cve_id: string;
	cve_description: string;
	cve_link: string;
	cvss_score: number;
	cvss_severity: string;
	cve_published_at: string;
	cve_modified_at: string;
	first_detection_date: string;
	latest_detection_date: string;
}

const SOFTWARE = [
	['Google Chrome', 'com.google.Chrome', '138.0.1'],
	['Firefox', 'org.mozilla.firefox', '139.0'],
	['zoom.us', 'us.zoom.xos', '6.1.0'],
	['macOS 14 Sonoma', 'com.apple.macos', '14.1.1'],
] as const;

/** Makes `count` CVEs. */
export function createVulnerabilities(random: Random, count: number, now: number): Vulnerability[] {
	return Array.from({ length: count }, (_, index) => {
		const cve_id = `CVE-${random.int(2018, 2025)}-${10_000 + index * 37}`;
		const score = random.int(10, 100) / 10;
		const published = now - random.int(100 * DAY, 900 * DAY);
		return {
			cve_id,
			severity: score >= 9 ? 'Critical' : score >= 7 ? 'High' : score >= 4 ? 'Medium' : 'Low',
			cvss_score: score,
			kev_score: random.chance(10) ? 1 : 0,
			epss_score: random.int(0, 1000) / 1000,
			cve_link: `https://nvd.nist.gov/vuln/detail/${cve_id}`,
			description: `An example flaw, number ${index + 1}.`,
			status: random.chance(85) ? 'Active' : 'Remediated',
			cve_published_at: spacedZoneless(published),
			cve_modified_at: spacedZoneless(published + 20 * DAY),
		};
	});
}

/** One detection of a CVE on a device at `time`. */
export function createVulnerabilityDetection(
	random: Random,
	cve: Vulnerability,
	device: Device,
	time: number,
): VulnerabilityDetection {
	const [name, bundle_id, version] = random.pick(SOFTWARE);
	return {
		device_id: device.device_id,
		device_name: device.device_name,
		device_serial_number: device.serial_number,
		device_model: device.model,
		device_os_version: device.os_version,
		blueprint_id: device.blueprint_id,
		blueprint_name: device.blueprint_name,
		name,
		version,
		path: `/Applications/${name}.app`,
		bundle_id,
		cve_id: cve.cve_id,
		cve_description: cve.description,
		cve_link: cve.cve_link,
		cvss_score: cve.cvss_score,
		cvss_severity: cve.severity,
		cve_published_at: cve.cve_published_at,
		cve_modified_at: cve.cve_modified_at,
		first_detection_date: spacedZoneless(time),
		latest_detection_date: spacedZoneless(time + 3_600_000),
	};
}

/** Makes the detections of these CVEs on the fleet's Macs, one to twelve for each, oldest first. */
export function createVulnerabilityDetections(
	random: Random,
	cves: readonly Vulnerability[],
	fleet: readonly Device[],
	now: number,
): VulnerabilityDetection[] {
	const macs = fleet.filter(({ platform }) => platform === 'Mac').slice(0, 60);
	if (macs.length === 0) return [];
	return cves
		.flatMap((cve) => {
			const first = random.int(0, macs.length - 1);
			return Array.from({ length: Math.min(macs.length, random.int(1, 12)) }, (_, index) => {
				const device = macs[(first + index) % macs.length]!;
				const time = now - random.int(2 * DAY, 90 * DAY);
				return createVulnerabilityDetection(random, cve, device, time);
			});
		})
		.sort((a, b) => (a.first_detection_date < b.first_detection_date ? -1 : 1));
}

/** A CVE as `GET /vulnerability-management/vulnerabilities` lists it. */
export function summary(
	cve: Vulnerability,
	detections: readonly VulnerabilityDetection[],
): Record<string, unknown> {
	const iso = (date: string) =>
		date === '' ? null : zulu(Date.parse(`${date.replace(' ', 'T')}Z`));
	const dates = detections.map((found) => found.first_detection_date).sort();
	return {
		cve_id: cve.cve_id,
		severity: cve.severity,
		cvss_score: cve.cvss_score,
		kev_score: cve.kev_score,
		cve_link: cve.cve_link,
		first_detection_date: iso(dates[0] ?? ''),
		latest_detection_date: iso(dates.at(-1) ?? ''),
		device_count: new Set(detections.map(({ device_id }) => device_id)).size,
		software: [...new Set(detections.map(({ name }) => name))],
		status: cve.status,
	};
}

/** Adds a detection that happens now: of any CVE on any Mac, unless `fields` and `device` say otherwise. */
export function recordVulnerabilityDetection(
	state: TenantState,
	{ device, fields }: { device?: Device; fields?: Partial<VulnerabilityDetection> },
): VulnerabilityDetection {
	const target = device ?? [...state.devices.values()].find(({ platform }) => platform === 'Mac');
	const cve =
		state.vulnerabilities.get(fields?.cve_id ?? '') ?? [...state.vulnerabilities.values()][0];
	if (!target || !cve) throw new Error('There is no Mac, or no CVE, to make a detection of.');
	const detection = {
		...createVulnerabilityDetection(state.random, cve, target, state.clock.now()),
		...fields,
	};
	state.vulnerabilityDetections.push(detection);
	return detection;
}
