import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';

/**
 * Starts to look for a process's highest resident memory anew. Linux only; elsewhere {@link peakMb} knows
 * nothing.
 */
export function resetPeak(pid: number | undefined): void {
	if (pid !== undefined) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The highest resident memory in MB since {@link resetPeak}. */
export function peakMb(pid: number | undefined): number | undefined {
	if (pid === undefined) return undefined;
	const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
	return line === null ? undefined : Number(line[1]) / 1024;
}

/** The process that runs in a folder with this last argument; undefined where there is no /proc. */
export function findProcess(folder: string, lastArgument: string): number | undefined {
	if (process.platform !== 'linux') return undefined;
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.find((pid) => {
			try {
				const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
				return readlinkSync(`/proc/${pid}/cwd`) === folder && command.at(-2) === lastArgument;
			} catch {
				// It has ended, or belongs to somebody else.
				return false;
			}
		});
}
