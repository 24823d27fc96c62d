import type { IDataObject } from 'n8n-workflow';

import { redacted } from '../../nodes/Kandji/transport/routing/redaction';
import { documentedAnswers } from '../contract/documented';

const mask = '[redacted]';

/** The texts in a record, each with its path. */
const textsOf = (value: unknown, path = ''): Array<[string, string]> => {
	if (typeof value === 'string') return [[path, value]];
	return typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([key, field]) => textsOf(field, `${path}.${key}`))
		: [];
};

describe('redacted', () => {
	it.each(documentedAnswers)('$request, $name: what is personal, and nothing else', ({ body }) => {
		const before = textsOf(body);
		const after = textsOf(redacted(body));
		expect(after.map(([path]) => path)).toEqual(before.map(([path]) => path));
		for (const [index, [path, text]] of before.entries()) {
			const isPersonal = /\bana\b/i.test(text);
			expect([path, after[index]![1]]).toEqual([
				path,
				isPersonal ? expect.stringMatching(/^(?!.*\bana\b).*\[redacted\]/i) : text,
			]);
		}
	});

	it.each([
		'ana@acme.example',
		'ana.o+mdm@it.acme.example',
		"ana.o'neil@acme.example",
		'ana.o’neil@acme.example',
		'"ana silva"@acme.example',
		'"ana\\"s"@acme.example',
		'jürgen.müller@müller.example',
		'ana@xn--mller-kva.example',
		'аня@почта.рф',
		'ana!#$%&*^{|}~@acme.example',
		'ana@[192.0.2.1]',
		'ANA_SILVA@ACME.EXAMPLE',
	])('the email %s, alone and in a text', (email) => {
		expect(redacted({ note: email })).toEqual({ note: mask });
		expect(redacted({ note: `Mail <${email}>, or '${email}'.` })).toEqual({
			note: `Mail <${mask}>, or '${mask}'.`,
		});
		expect(redacted({ note: `mailto:${email}?subject=x&to=${email}.` })).toEqual({
			note: `mailto:${mask}?subject=x&to=${mask}.`,
		});
	});

	it.each(['python@3.11.2', '@n8n/node-cli', 'a @ b.example', 'openssl@3', 'ana@'])(
		'%s is no email',
		(text) => {
			expect(redacted({ note: text })).toEqual({ note: text });
		},
	);

	it.each([
		['/Users/ana/Downloads/x.dmg', `/Users/${mask}/Downloads/x.dmg`],
		['open "/Users/ana"', `open "/Users/${mask}"`],
		['/home/ana/.ssh', `/home/${mask}/.ssh`],
		['C:\\Users\\Ana Silva\\x.exe', `C:\\Users\\${mask}\\x.exe`],
		['C:\\Users\\ana', `C:\\Users\\${mask}`],
		['/Users/Shared/x', '/Users/Shared/x'],
		['C:\\Users\\Public\\x', 'C:\\Users\\Public\\x'],
		['/usr/home', '/usr/home'],
	])('the home folder in %s', (path, expected) => {
		expect(redacted({ path })).toEqual({ path: expected });
	});

	it.each([
		'author',
		'assigned_user',
		'device__name',
		'device__user_name',
		'Device Name',
		'DeviceName',
		'device_name',
		'disabled_by',
		'dns_computer_name',
		'enabled_by',
		'full_name',
		'general.device_name',
		'host_name',
		'hostname',
		'last_user',
		'local_hostname',
		'local_user',
		'mdm_enabled_user',
		'process_owner',
		'released_by',
		'target_process_owner',
		'user_name',
		'username',
	])('the field %s', (name) => {
		const others = { other: 'Mac', process_name: 'vim', blueprint_name: 'IT', sort_by: 'name' };
		expect(redacted({ [name]: 'Ana', ...others })).toEqual({ [name]: mask, ...others });
		expect(redacted({ [name]: ['Ana'], nested: [{ [name]: 'Ana' }] })).toEqual({
			[name]: [mask],
			nested: [{ [name]: mask }],
		});
	});

	it.each([
		'actor',
		'assigned_user',
		'computer',
		'device',
		'device_info',
		'mdm_device',
		'regular_users',
		'user',
	])('the name of %s', (name) => {
		const record = { id: '1', name: 'Ana' };
		const masked = { id: '1', name: mask };
		expect(redacted({ [name]: record, list: { [name]: [record] } })).toEqual({
			[name]: masked,
			list: { [name]: [masked] },
		});
		expect(redacted({ [`${name}.name`]: 'Ana' })).toEqual({ [`${name}.name`]: mask });
		expect(redacted({ blueprint: record })).toEqual({ blueprint: record });
	});

	it('the new and the old name of an audited user or device', () => {
		const event = (target: string): IDataObject => ({
			target_type: target,
			old_state: null,
			new_state: { name: 'Ana', type: 'map' },
		});
		for (const target of ['user', 'admin_user', 'device', 'computer']) {
			expect(redacted(event(target))).toEqual({
				...event(target),
				new_state: { name: mask, type: 'map' },
			});
		}
		expect(redacted(event('blueprint'))).toEqual(event('blueprint'));
	});

	it('no ID', () => {
		const record = { user: '5344c996-8823-4b37-8d6e-8515fc7c3a0a', owner: '' };
		expect(redacted(record)).toEqual(record);
	});

	it('in time that grows with the length of a text', () => {
		const hostile = ['a', '.', '-', '"', '\\"', '@', 'a@', '/Users/', '\\Users\\', "'"];
		const seconds = (text: string) => {
			const start = performance.now();
			redacted({ text });
			return (performance.now() - start) / 1000;
		};
		for (const piece of hostile) {
			expect(seconds(piece.repeat(200_000))).toBeLessThan(1);
			expect(seconds(`@${piece.repeat(200_000)}@`)).toBeLessThan(1);
		}
	});
});
