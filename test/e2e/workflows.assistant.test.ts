import { setTimeout } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import pWaitFor from 'p-wait-for';

import type { StoredWorkflow } from '../../scripts/n8n/types';
import type { Device } from '../../simulator/tenant/state/types';
import { startChatModel, type ChatModel, type Turn } from './services/chatModel';
import { openChat, type Chat, type ChatEntry } from './support/chat';
import { expectExactNote, storeExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

const EXAMPLE = 'kandji-assistant';
/** n8n looks every three seconds how far an execution is. It asks again only if it has seen it go on. */
const NOTICED_MS = 4_000;

const JANE = 'jane.doe@acme.example';

/** The arguments of a tool that asks a person first. */
const reviewed = (toolParameters: IDataObject) => ({ toolParameters, hitlParameters: {} });

const lock = ({ serial_number: Device }: Device): Turn => {
	return () => ({ call: 'Lock_device', args: reviewed({ Device }) });
};

const erase = ({ serial_number: Device }: Device): Turn => {
	return () => ({ call: 'Erase_device', args: reviewed({ Device }) });
};

/** Says what the tool has returned. */
const report: Turn = (result) => ({ say: `Result: ${result}` });

describe('Kandji assistant', () => {
	let kandji: Kandji;
	let model: ChatModel;
	let workflow: StoredWorkflow;
	let path: string;
	let macs: Device[];
	const chats: Chat[] = [];

	beforeAll(async () => {
		[kandji, model] = await Promise.all([startKandji({ devices: 40 }), startChatModel()]);
		const { tenant, client } = kandji;
		macs = [...tenant.state.devices.values()].filter(({ platform }) => platform === 'Mac');
		workflow = await storeExample(kandji, EXAMPLE, {
			credentials: {
				'OpenAI account': {
					type: 'openAiApi',
					data: { apiKey: model.token, url: model.baseUrl },
				},
			},
		});
		await client.activate(workflow);
		const trigger = workflow.nodes.find(({ type }) => type.endsWith('.chatTrigger'));
		path = `/webhook/${trigger?.webhookId}/chat`;
		// n8n registers the path after it has answered.
		const address = new URL(path, client.url);
		await pWaitFor(async () => (await fetch(address, { method: 'POST' })).status !== 404, {
			interval: 100,
			timeout: 30_000,
		});
	});
	beforeEach(() => {
		model.turns.length = 0;
		model.received.length = 0;
	});
	afterEach(() => {
		for (const chat of chats.splice(0)) chat.close();
	});
	afterAll(async () => {
		if (workflow) await kandji.client.deactivate(workflow);
		await Promise.all([kandji?.tenant.close(), model?.close()]);
	});

	const ask = async (text: string, ...turns: Turn[]): Promise<Chat> => {
		model.turns.push(...turns);
		const chat = await openChat(kandji.client, path, text);
		chats.push(chat);
		return chat;
	};

	const written = () =>
		kandji.tenant.counters.log
			.filter(({ method }) => method !== 'GET')
			.map(({ method, url }) => `${method} ${url}`);

	const command = ({ device_id }: Device, name: string) =>
		`POST /api/v1/devices/${device_id}/action/${name}`;

	/** Expects that a person is asked about this device, and what the button does. */
	const buttonOf = ({ text, buttons }: ChatEntry, device: Device, label: string) => {
		expect(text).toContain(`Device: ${device.serial_number}`);
		expect(buttons.map((button) => button.text).sort()).toEqual(['Approve', 'Decline']);
		return buttons.find((button) => button.text === label)!;
	};

	it('takes no question of somebody who is not signed in', async () => {
		const response = await fetch(new URL(path, kandji.client.url), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action: 'sendMessage', sessionId: 'x', chatInput: 'Lock all' }),
		});
		expect(response.status).toBe(401);
		expect(model.received).toEqual([]);
	});

	it('answers from the tenant which Macs have FileVault off', async () => {
		const { tenant } = kandji;
		const off = macs.slice(0, 3);
		for (const { device_id } of macs) {
			const filevault_enabled = !off.some((mac) => mac.device_id === device_id);
			tenant.mutate({ op: 'setTraits', device_id, traits: { filevault_enabled } });
		}
		const chat = await ask(
			'Which Macs have FileVault off?',
			() => ({ call: 'List_Macs_by_FileVault', args: { FileVault_Off: true } }),
			(result) => ({
				say: (JSON.parse(result) as IDataObject[])
					.map(({ serial_number }) => serial_number)
					.join(', '),
			}),
		);
		const { text, buttons } = await chat.next();
		expect(text.split(', ').sort()).toEqual(off.map((mac) => mac.serial_number).sort());
		expect(buttons).toEqual([]);
		expect(model.tools().sort()).toEqual([
			'Count_devices',
			'Erase_device',
			'Find_devices',
			'Get_device_details',
			'List_Macs_by_FileVault',
			'Lock_device',
		]);
	});

	it('answers from the tenant about one device, and how many there are', async () => {
		const [mac] = macs as [Device];
		const chat = await ask(
			`How many iPads are there, and what is ${mac.serial_number}?`,
			() => ({ call: 'Count_devices', args: { Platforms: 'iPad' } }),
			(count) => ({
				call: 'Get_device_details',
				args: { Device: mac.serial_number, Fields_to_Return: `device_name${count && ''}` },
			}),
			report,
		);
		expect((await chat.next()).text).toContain(mac.device_name);
		const iPads = [...kandji.tenant.state.devices.values()].filter(
			({ platform }) => platform === 'iPad',
		);
		expect(model.told()).toContain(JSON.stringify(`[{"count":${iPads.length}}]`));
	});

	it('locks the Mac of a person only after approval', async () => {
		const { tenant } = kandji;
		const [mac] = macs as [Device];
		const user = { id: 'x', name: 'Jane Doe', email: JANE, is_archived: false };
		tenant.mutate({ op: 'updateDevice', device_id: mac.device_id, fields: { user } });
		const chat = await ask(
			`Lock the Mac of ${JANE}`,
			() => ({ call: 'Find_devices', args: { Find_By: 'userEmail', Value: JANE } }),
			(found) => {
				const [device] = JSON.parse(found) as IDataObject[];
				return { call: 'Lock_device', args: reviewed({ Device: device!.serial_number }) };
			},
			report,
		);
		const question = await chat.next();
		expect(question.text).toContain('Lock this device?');
		expect(written()).toEqual([]);

		await chat.click(buttonOf(question, mac, 'Approve'));
		const { text } = await chat.next();
		expect(text).toContain('"success":true');
		expect(written()).toEqual([command(mac, 'lock')]);
		const pin = tenant.state.locks.get(mac.device_id)!;
		expect(pin).toMatch(/^\d{6}$/);
		expect(text + model.told()).not.toContain(pin);
	});

	it.each<[string, (chat: Chat, question: ChatEntry) => unknown, RegExp]>([
		[
			'declined',
			async (chat, question) => await chat.click(buttonOf(question, macs[1]!, 'Decline')),
			/User rejected the tool call/,
		],
		[
			'answered by typing',
			(chat) => chat.type('Yes, erase it. I approve.'),
			/provided feedback: \\"Yes, erase it\. I approve\.\\"/,
		],
	])('erases nothing when it is %s', async (_name, answer, told) => {
		const before = written();
		const [, mac] = macs as [Device, Device];
		const chat = await ask(`Erase ${mac.serial_number}`, erase(mac), report);
		const question = await chat.next();
		expect(question.text).toContain('Erase this device? All data on it is lost for good.');
		await answer(chat, question);
		expect((await chat.next()).text).toMatch(told);
		expect(written()).toEqual(before);
		expect(kandji.tenant.state.devices.get(mac.device_id)?.mdm_enabled).toBe(true);
	});

	it('erases nothing when nobody answers', async () => {
		const before = written();
		const [, mac] = macs as [Device, Device];
		const chat = await ask(`Erase ${mac.serial_number}`, erase(mac));
		expect((await chat.next()).buttons).toHaveLength(2);
		const execution = await kandji.client.execution(chat.executionId);
		expect(execution.status).toBe('waiting');
		expect(written()).toEqual(before);
	});

	it('erases an approved device, and no second one in the same go', async () => {
		const before = written();
		const [, one, other] = macs as [Device, Device, Device];
		const eraseOther: Turn = async (result) => {
			await setTimeout(NOTICED_MS);
			return await erase(other)(result);
		};
		const chat = await ask('Erase both', erase(one), eraseOther, report);
		await chat.click(buttonOf(await chat.next(), one, 'Approve'));
		await chat.click(buttonOf(await chat.next(), other, 'Approve'));
		expect((await chat.next()).text).toMatch(/as many requests .+ as Maximum Items allows: 1/);
		expect(written()).toEqual([...before, command(one, 'erase')]);
	});

	it('does not lock a device that several are called', async () => {
		const before = written();
		const [, , one, other] = macs as [Device, Device, Device, Device];
		for (const { device_id } of [one, other]) {
			const fields = { device_name: 'Reception' };
			kandji.tenant.mutate({ op: 'updateDevice', device_id, fields });
		}
		const chat = await ask('Lock Reception', lock({ ...one, serial_number: 'Reception' }), report);
		const question = await chat.next();
		await chat.click(question.buttons.find(({ text }) => text === 'Approve')!);
		const { text } = await chat.next();
		for (const { serial_number } of [one, other]) expect(text).toContain(serial_number);
		expect(written()).toEqual(before);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote(EXAMPLE);
	});
});
