import { errorText } from '../../nodes/Kandji/transport/http/errorText';
import { plainText } from '../../nodes/Kandji/transport/http/plainText';
import { blanker, secretsIn, withoutSecrets } from '../../nodes/Kandji/transport/http/secrets';
import { describeRequest } from '../../nodes/Kandji/transport/routing/dryRun';
import { redacted } from '../../nodes/Kandji/transport/routing/redaction';
import { expectLinear } from '../timing';

const blanked = (text: string, secrets: string[]): string => blanker(secrets)(text);

const secrets = [
	'b0b0cafe-5ec2-4e75-9999-c0ffee123456',
	'739184',
	'correct horse 77 battery',
	'"quoted" \\ and /slashed/',
	"it's <b>bold</b> & more",
	'pässwörd-ключ-鍵',
	'🔑 under 🚪',
	'50%20 + 100% = &amp; \\u0041',
	'line\none\ttwo',
	'XK4T-9PQR-22LM',
];

type Encoding = (text: string) => string;

const eachUnit = (text: string, encode: (unit: string) => string) => [...text].map(encode).join('');

const percents = (character: string): string =>
	[...Buffer.from(character)]
		.map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`)
		.join('');

const escapedAscii: Encoding = (text) =>
	JSON.stringify(text)
		.slice(1, -1)
		.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const htmlNames: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#x27;',
};

const encodings: Record<string, Encoding> = {
	none: (text) => text,
	JSON: (text) => JSON.stringify(text).slice(1, -1),
	'JSON with escaped slashes': (text) => JSON.stringify(text).slice(1, -1).replace(/\//g, '\\/'),
	'JSON in ASCII': escapedAscii,
	'JSON, every character': (text) =>
		text
			.split('')
			.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`)
			.join(''),
	HTML: (text) => text.replace(/[&<>"']/g, (character) => htmlNames[character]!),
	'HTML, decimal': (text) => eachUnit(text, (unit) => `&#${unit.codePointAt(0)};`),
	'HTML, hexadecimal': (text) =>
		eachUnit(text, (unit) => `&#x${unit.codePointAt(0)!.toString(16)};`),
	URL: encodeURIComponent,
	'URL in lower case': (text) =>
		encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
	'URL, every character': (text) => eachUnit(text, percents),
	form: (text) => new URLSearchParams({ '': text }).toString().slice(1),
};
const names = Object.keys(encodings);

describe('a secret in a text', () => {
	it.each(names)('is blanked in the encoding %s, alone and inside every other one', (outer) => {
		for (const inner of names) {
			for (const secret of secrets) {
				const text = encodings[outer]!(encodings[inner]!(secret));
				expect([inner, secret, blanked(`before ${text} after`, secrets)]).toEqual([
					inner,
					secret,
					'before [hidden] after',
				]);
				expect(blanked(text, [secret])).toBe('[hidden]');
			}
		}
	});

	const base64: Record<string, Encoding> = {
		base64: (text) => Buffer.from(text).toString('base64'),
		'base64 for URLs': (text) => Buffer.from(text).toString('base64url'),
	};

	it.each(Object.keys(base64))('is blanked in %s, alone and inside every encoding', (name) => {
		for (const secret of secrets) {
			const encoded = base64[name]!(secret);
			for (const outer of names) {
				expect([
					outer,
					secret,
					blanked(`before ${encodings[outer]!(encoded)} after`, secrets),
				]).toEqual([outer, secret, 'before [hidden] after']);
			}
			expect(blanked(base64.base64!(encoded), [secret])).toBe('[hidden]');
		}
	});

	it('is blanked in base64 of a text that contains it, wherever it is there', () => {
		const usual = ['none', 'JSON', 'JSON in ASCII', 'URL'];
		for (const name of Object.keys(base64)) {
			for (const inner of usual) {
				for (const secret of secrets) {
					for (const lead of ['', 'u', 'us', 'usr']) {
						const whole = `${lead}:${encodings[inner]!(secret)}:x`;
						const shown = blanked(base64[name]!(whole), [secret]);
						expect(shown).toContain('[hidden]');
						// What is left holds what was around the secret, and at most a bit of its first or last character.
						const left = Buffer.from(shown.split('[hidden]').join(''), 'base64').length;
						expect(left).toBeLessThanOrEqual(whole.length - encodings[inner]!(secret).length);
					}
				}
			}
		}
	});

	it('is blanked as hexadecimal digits', () => {
		for (const secret of secrets) {
			const digits = Buffer.from(secret).toString('hex');
			expect(blanked(`0x${digits} ${digits.toUpperCase()}.`, [secret])).toBe(
				'0x[hidden] [hidden].',
			);
		}
	});

	it('is blanked wherever it is, and nothing else is', () => {
		expect(blanked('abcd, xabcdx abcdabcd%61bcd', ['abcd'])).toBe('[hidden], x[hidden]x [hidden]');
		expect(blanked('caf\u00e9 100% \\n &amp; a+b', ['abcd'])).toBe('caf\u00e9 100% \\n &amp; a+b');
		expect(blanked('ABCD %41bcD', ['abcd'])).toBe('[hidden] [hidden]');
		expect(blanked('long, longer', ['long', 'longer'])).toBe('[hidden], [hidden]');
	});

	it('of two or three characters is blanked as a word only, and of one not at all', () => {
		expect(blanked('12 of 123 or x12, 1', ['12', '1'])).toBe('[hidden] of 123 or x12, 1');
	});

	it('is not shown when there are too many to look for', () => {
		const many = Array.from({ length: 1001 }, (_, index) => `secret-${index}`);
		expect(blanked('secret-7', many)).toBe('[hidden]');
	});
});

const secretNames = [
	'pin', 'PIN', 'Pin', 'unlock_pin', 'UnlockPIN', 'unlockpin', 'device_pin_code', 'pinCode',
	'password', 'newPassword', 'new_password', 'PASSWORD', 'admin.password', 'passwd', 'pwd', 'pass',
	'passcode', 'newPasscode', 'passphrase', 'secret', 'client_secret', 'clientSecret', 'enrollment.secret',
	'token', 'api_token', 'accessToken', 'Authorization', 'authorization', 'bearer', 'apiKey', 'api-key',
	'API_KEY', 'x-api-key', 'private_key', 'recovery_key', 'recoveryKey', 'RecoveryKey', 'recovery_password',
	'personalRecoveryKey', 'filevault_key', 'key', 'bypass_code', 'bypassCode', 'activation_lock_bypass_code',
	'user_based_albc', 'device_based_albc', 'enrollment_code', 'enrollmentCode', 'enrollment_code.code',
	'code', 'otp', 'credential', 'signed_url',
]; // prettier-ignore

const harmlessNames = [
	'name', 'message', 'PhoneNumber', 'asset_tag', 'blueprint_id', 'device_id', 'ade_token_id', 'tokenId',
	'file_key', 'sort_key', 'public_key', 'error_code', 'status_code', 'country_code', 'password_status',
	'enrollment_code.is_active', 'resetPasswordFlags', 'token_type', 'mapping', 'spinning', 'author', 'keyword',
	'search', 'limit', 'serial_number', 'erase_mode',
]; // prettier-ignore

/** Places of a request that a field may be in, as the node or API Request sends it. */
const places: Record<string, (name: string, value: string) => unknown> = {
	'at the top': (name, value) => ({ a: 1, [name]: value }),
	'in an object': (name, value) => ({ a: { b: { [name]: value } } }),
	'in a list of objects': (name, value) => [{ a: 1 }, { [name]: value }],
	'as a list': (name, value) => ({ [name]: ['', value] }),
	'as an object': (name, value) => ({ [name]: { first: { second: value } } }),
	'as a pair of name and value': (name, value) => ({ fields: [{ name, value }] }),
	'as a pair of key and value': (name, value) => ({ fields: [{ key: name, value }] }),
	'in a form': (name, value) => new URLSearchParams([['a', '1'], [name, value]]),
	'in JSON as text': (name, value) => ({ a: JSON.stringify({ b: [{ [name]: value }] }) }),
	'in a form as text': (name, value) => new URLSearchParams([['a', '1'], [name, value]]).toString(),
	'in a URL': (name, value) => ({
		a: `https://example.com/x?${new URLSearchParams([[name, value]]).toString()}`,
	}),
}; // prettier-ignore

describe.each(Object.entries(places))('a field %s', (_place, put) => {
	it('that holds a secret: it is found and hidden in what a dry run shows', () => {
		for (const [index, name] of secretNames.entries()) {
			for (const secret of [secrets[index % secrets.length]!, '7391']) {
				const request = put(name, secret);
				expect([name, secretsIn(request)]).toEqual([name, expect.arrayContaining([secret])]);
				const shown = JSON.stringify([
					withoutSecrets(request),
					describeRequest({
						method: 'POST',
						url: '/api/v1/x',
						body: request as never,
						qs: { q: request as never },
					}),
				]);
				for (const encoding of names) expect(shown).not.toContain(encodings[encoding]!(secret));
			}
		}
	});

	it('that holds none: it stays', () => {
		for (const name of harmlessNames) {
			const request = put(name, 'visible-7');
			expect([name, secretsIn(request)]).toEqual([name, []]);
			expect([name, JSON.stringify(describeRequest({ url: '/', body: request as never }))]).toEqual(
				[name, expect.stringContaining('visible-7')],
			);
		}
	});
});

describe('what a dry run shows', () => {
	it('keeps true, false, null and empty values of secret fields, and hides numbers', () => {
		const body = { pin: 739184, token: true, secret: null, password: '', otp: 'true' };
		expect(withoutSecrets(body)).toEqual({ ...body, pin: '[hidden]', otp: '[hidden]' });
	});

	it('hides a secret in other fields too', () => {
		expect(withoutSecrets({ PIN: '739184', Message: 'Use 739184 to unlock' })).toEqual({
			PIN: '[hidden]',
			Message: 'Use [hidden] to unlock',
		});
	});

	it('describes a form with its file', () => {
		const form = new FormData();
		form.append('name', 'Profile');
		form.append('passcode', '739184');
		form.append('file', new File(['x'], 'a.mobileconfig'));
		expect(describeRequest({ method: 'POST', url: '/x', body: form })).toMatchObject({
			body: { name: 'Profile', passcode: '[hidden]', file: 'file a.mobileconfig, 1 bytes' },
		});
	});
});

describe('the text of a response', () => {
	it('has no secret of the request, whatever its shape', () => {
		for (const secret of secrets) {
			for (const body of [
				secret,
				[secret],
				{ detail: `bad value ${secret}` },
				{ error: { message: JSON.stringify({ sent: secret }) } },
				{ errors: [{ field: [`${secret} is not allowed`] }] },
				{ PIN: [`${secret} is not good`] },
				Buffer.from(JSON.stringify({ detail: secret })),
				Buffer.from(`{"detail": "${escapedAscii(secret)}`),
				`${'x'.repeat(490)} ${secret}`,
			]) {
				const text = errorText(body, [secret]) ?? '';
				for (const encoding of names) expect(text).not.toContain(encodings[encoding]!(secret));
			}
		}
	});

	it('has none of its own', () => {
		expect(errorText({ unlock_pin: '739184' })).toBe('unlock_pin: [hidden]');
		expect(errorText({ detail: 'PIN 739184 is set', pin: '739184' })).toBe('PIN [hidden] is set');
		expect(errorText({ PIN: ['This field is required.'] })).toBe('PIN: This field is required.');
		expect(errorText({ code: 'E1001', detail: 'Failed with E1001' })).toBe('Failed with E1001');
	});

	it('shows no part of a secret that is cut off, even when much before it is blanked', () => {
		const secret = 'abcdefghij'.repeat(500);
		expect(errorText(`${secret} `.repeat(4), [secret])).not.toContain('abc');
	});

	it.each([
		['<b>bold</b> text', 'bold text'],
		['<img src=x onerror="alert(1)">', undefined],
		['<script>alert(1)</script>', 'alert(1)'],
		['&lt;img src=x onerror=alert(1)&gt; hi', 'hi'],
		['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
		['<a href="https://evil.example">Sign in</a>', 'Sign in'],
		['unclosed <img src=x onerror=alert(1)', 'unclosed ‹img src=x onerror=alert(1)'],
		['must be < 5 and > 3', 'must be ‹ 5 and › 3'],
		['<<b>script>alert(1)<</b>/script>', '‹ script›alert(1)‹ /script›'],
		['Ana&#39;s &quot;Mac&quot;', 'Ana\'s "Mac"'],
		['a\u202egnp.exe\u2066 \u0000\u001b[31mred', 'agnp.exe [31mred'],
		[' two\r\n lines ', 'two lines'],
	])('%j is the plain text %j', (text, plain) => {
		expect(errorText({ detail: text })).toBe(plain);
	});

	it('is found in a deep body, or not at all', () => {
		let deep: unknown = 'too deep';
		for (let depth = 0; depth < 20_000; depth++) deep = [deep];
		expect(errorText(deep)).toBeUndefined();
		expect(secretsIn(deep)).toEqual([]);
		expect(JSON.stringify(withoutSecrets(deep))).toContain('[hidden]');
		expect(errorText([[{ error: { detail: 'here' } }]])).toBe('here');
	});
});

describe('the time for a hostile text', () => {
	const hostile = [
		'a', 'a.', 'a@', '@a.', '<', '<a', '&', '&#', '%41', '\\', '\\u0041', '+', ' ', '\u202e', 'é', '"', '{',
		'a@a', '<a>', 'b0b0cafe-', '7391847391',
	]; // prettier-ignore
	const work: Record<string, (text: string) => unknown> = {
		'redaction of personal data': (text) => redacted({ text }),
		'an error text': (text) => errorText({ detail: text }, secrets),
		'an error text of bytes': (text) => errorText(Buffer.from(text), secrets),
		'blanking secrets': (text) => blanked(text, secrets),
		'finding secrets': (text) => secretsIn({ a: text, pin: text }),
		'plain text': plainText,
	};

	it('grows with its length: blanking a secret that repeats itself', () => {
		for (const unit of ['a', '%41']) {
			const texts = (length: number) => unit.repeat(length / unit.length);
			expect(() => expectLinear((text) => blanked(text, [text, `${text}!`]), texts)).not.toThrow();
		}
	});

	it.each(Object.keys(work))('grows with its length: %s', (name) => {
		for (const unit of hostile) {
			const texts = (length: number) => unit.repeat(Math.ceil(length / unit.length));
			expect(() => expectLinear(work[name]!, texts)).not.toThrow();
		}
	});
});
