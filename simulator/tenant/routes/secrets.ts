import type { Resource } from '../core';
import { notFound } from '../http/errors';
import { traits, type TenantState } from '../state';
import { recordAudit } from '../state/audit';
import { pendingCommand } from '../state/commands';
import { randomFor } from '../state/random';
import type { Device } from '../state/types';
import { deviceOf } from './devices';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';

/** Device secrets. Each look is audited, as the vendor does; a device without the secret answers 404. */
export const secrets: Resource = (add, { state }) => {
	const secret = (name: string, read: (device: Device) => Record<string, string | null>) =>
		add(`GET /api/v1/devices/{device_id}/secrets/${name}`, (call) => {
			const device = deviceOf(state, call);
			const answer = read(device);
			recordAudit(state, {
				action: 'view',
				target_type: 'device',
				target_id: device.device_id,
				target_component: name,
			});
			return answer;
		});

	secret('bypasscode', (device) => {
		if (device.platform === 'Windows' || device.platform === 'Android') throw notFound();
		return {
			user_based_albc: groups(state, device, 'user', [5, 5, 4, 4, 4, 4]),
			device_based_albc: groups(state, device, 'device', [5, 5, 4, 4, 4, 4]),
		};
	});

	secret('filevaultkey', (device) => {
		const { filevault_enabled, filevault_escrowed } = traits(state, device);
		if (!filevault_enabled || !filevault_escrowed) throw notFound();
		return { key: groups(state, device, 'filevault', [4, 4, 4, 4, 4, 4]) };
	});

	secret('recoverypassword', (device) => {
		if (device.platform !== 'Mac') throw notFound();
		return { recovery_password: groups(state, device, 'recovery', [5, 5, 4, 4, 4, 4]) };
	});

	secret('unlockpin', (device) => {
		const pin = state.locks.get(device.device_id);
		const isPending = pendingCommand(state, device, 'lock') !== undefined;
		if (device.platform !== 'Mac' || (pin === undefined && !isPending)) throw notFound();
		return { pin: pin ?? null };
	});
};

function groups(state: TenantState, device: Device, kind: string, lengths: number[]): string {
	const random = randomFor(state.seed, `secret ${kind} ${device.device_id}`);
	return lengths.map((length) => random.text(length, LETTERS)).join('-');
}
