import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { storageUrl, unsafeUrlHint } from '../../../nodes/Kandji/shared/storage/url';

const credential = (fields: object): ICredentialDataDecryptedObject =>
	({ region: 'us', subdomain: 'acme', token: 'x', ...fields }) as ICredentialDataDecryptedObject;

const cloud = credential({});
const local = credential({ region: 'custom', apiUrl: 'http://127.0.0.1:4010' });
const proxy = credential({ region: 'custom', apiUrl: 'https://10.1.2.3:8443/kandji' });

const vendors = [
	'https://kandji-prod.s3.amazonaws.com/',
	'https://s3.amazonaws.com/kandji-prod/a.csv?X-Amz-Signature=x%2Fy',
	'https://S3.US-WEST-2.amazonaws.com/bucket',
	'https://a.b.s3.us-west-2.amazonaws.com/',
	'https://bucket.s3-us-west-2.amazonaws.com/',
	'https://bucket.s3.dualstack.eu-central-1.amazonaws.com/',
	'https://bucket.s3-accelerate.amazonaws.com/',
	'https://bucket.s3.us-gov-west-1.amazonaws.com/',
	'https://bucket.s3.cn-north-1.amazonaws.com.cn/',
	'https://bucket.s3.amazonaws.com:443/',
	'https://files.kandji.io/a',
	'https://files.eu.iru.com/a',
];

const internal = [
	'127.0.0.1', '127.1', '127.8.8.8', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '017700000001',
	'localhost', 'LOCALHOST', 'localhost.', 'a.localhost', '[::1]', '[::]', '0.0.0.0', '0', '10.0.0.1', '172.16.0.1', '172.31.255.255',
	'192.168.1.1', '100.64.0.1', '169.254.169.254', '169.254.170.2', '2852039166', '0xa9fea9fe', '198.18.0.1', '224.0.0.1',
	'255.255.255.255', '[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]',
	'[::ffff:a9fe:a9fe]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '①②⑦.⓪.⓪.①', '127。0。0。1',
	'metadata', 'metadata.google.internal', 'instance-data.ec2.internal', 'kubernetes.default.svc', 'intranet',
	'127.0.0.1.nip.io', 'localtest.me', '8.8.8.8', 'storage.example.com', 'evil.com',
]; // prettier-ignore

const lookalikes = [
	'amazonaws.com', 's3.amazonaws.com.evil.com', 's3amazonaws.com', 'evil-s3.amazonaws.com.', 'ec2-10-0-0-1.compute-1.amazonaws.com',
	'internal-x.us-east-1.elb.amazonaws.com', 'bucket.vpce-1a2b-3c4d.s3.us-east-1.vpce.amazonaws.com', 'bucket.s3-website-us-east-1.amazonaws.com',
	'x.amazonaws.com', 'kandji.io.evil.com', 'evilkandji.io', 'kandji.io', 'iru.com.evil.com', 'notiru.com', 's3.amazonaws.com.cn.evil.com',
]; // prettier-ignore

describe('a storage URL', () => {
	it.each(vendors)('of the vendor is used: %s', (url) => {
		for (const used of [cloud, local, proxy]) {
			expect(storageUrl(url, used)).toBe(new URL(url).href);
		}
	});

	it.each(vendors)('of the vendor is used over https and its own port only: %s', (url) => {
		const { host, pathname } = new URL(url);
		for (const other of [
			`http://${host}${pathname}`,
			`ftp://${host}${pathname}`,
			`https://${host}:8443${pathname}`,
			`https://user@${host}${pathname}`,
			`https://user:secret@${host}${pathname}`,
			`https://:@evil.com/${host}`,
			`https://evil.com#@${host}`,
			`https://evil.com\\@${host}`,
		]) {
			expect([other, storageUrl(other, cloud)]).toEqual([other, undefined]);
		}
	});

	it.each([...internal, ...lookalikes])('of another host is not used: %s', (host) => {
		for (const url of [`https://${host}/x.csv`, `http://${host}/x.csv`, `https://${host}:5678/x`]) {
			for (const used of [cloud, proxy])
				expect([url, storageUrl(url, used)]).toEqual([url, undefined]);
		}
	});

	it.each([
		'',
		'nonsense',
		'/x.csv',
		'//s3.amazonaws.com/x',
		'file:///etc/passwd',
		'data:text/csv,a',
		undefined,
		null,
		1,
		{},
	])('is a URL, not %j', (text) => {
		expect(storageUrl(text, local)).toBeUndefined();
	});

	it('of this machine is used when the credential is of this machine', () => {
		for (const host of ['127.0.0.1:5000', 'localhost:5000', '[::1]:5000', '127.0.0.1']) {
			expect(storageUrl(`http://${host}/x`, local)).toBe(`http://${host}/x`);
			expect(storageUrl(`https://${host}/x`, local)).toBe(`https://${host}/x`);
		}
		for (const host of ['10.0.0.1', '169.254.169.254', 'evil.com', '0.0.0.0']) {
			expect(storageUrl(`http://${host}/x`, local)).toBeUndefined();
			expect(storageUrl(`https://${host}/x`, local)).toBeUndefined();
		}
	});

	it('of the credential’s own host is used', () => {
		expect(storageUrl('https://10.1.2.3:8443/x', proxy)).toBe('https://10.1.2.3:8443/x');
		expect(storageUrl('https://10.1.2.3/x', proxy)).toBeUndefined();
		expect(storageUrl('http://10.1.2.3:8443/x', proxy)).toBeUndefined();
	});

	it('of an allowed host is used', () => {
		const used = credential({
			storageHosts: 'Files.example.com, minio.local:9000 , *.cdn.example',
		});
		for (const url of [
			'https://files.example.com/x',
			'https://minio.local:9000/x',
			'https://a.cdn.example/x',
			'https://a.b.cdn.example/x',
		]) {
			expect(storageUrl(url, used)).toBe(url);
			expect(storageUrl(url, cloud)).toBeUndefined();
		}
		for (const url of [
			'http://files.example.com/x',
			'https://files.example.com:444/x',
			'https://minio.local/x',
			'https://cdn.example/x',
			'https://evilcdn.example/x',
			'https://a.cdn.example:444/x',
			'https://sub.files.example.com/x',
		]) {
			expect([url, storageUrl(url, used)]).toEqual([url, undefined]);
		}
		expect(storageUrl('https://evil.com/x', credential({ storageHosts: '*' }))).toBeUndefined();
	});

	it('that is refused is named by its host only', () => {
		expect(unsafeUrlHint('https://u:p@evil.com/a?X-Amz-Signature=abc')).toBe(
			"Nothing was sent to evil.com, because it is not Kandji's file storage. If it is storage that you trust, add its host to Storage Hosts in the credential.",
		);
		expect(unsafeUrlHint(undefined)).toMatch(/^Nothing was sent to it, /);
	});
});
