import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { readKeyFile } from '#libs/vault';

const script = join(import.meta.dirname, '../../../scripts/make-env.mjs');
jest.setTimeout(300_000); // keys are made, which takes its time
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-make-env-'));
});
afterEach(() => rm(folder, { recursive: true }));

const makeEnv = (...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  promisify(execFile)(process.execPath, [script, '--folder', folder, ...argv]).then(
    (said) => ({ code: 0, ...said }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
const read = (...path: string[]) => readFile(join(folder, ...path), 'utf8');
const settings = async () => new Map((await read('.env')).split('\n').flatMap((line) => (/^\w+=/.test(line) ? [line.split('=') as [string, string]] : [])));
const modeOf = async (...path: string[]) => ((await stat(join(folder, ...path))).mode & 0o777).toString(8);

test('every password is another, long, and stands in addresses as it is; none is shown', async () => {
  const { code, stdout } = await makeEnv();
  expect(code).toBe(0);
  const passwords = [...(await settings())].flatMap(([name, value]) => (/PASSWORD|SECRET$/.test(name) ? [value] : []));
  expect(passwords.length).toBeGreaterThan(8);
  for (const one of passwords) expect(one).toMatch(/^[0-9a-f]{48}$/);
  expect(new Set(passwords).size).toBe(passwords.length);
  for (const one of passwords) expect(stdout).not.toContain(one);
  expect(await read('secrets', 'redis.conf')).toBe(`requirepass ${(await settings()).get('REDIS_PASSWORD')}\n`);
});

test('the key file is one that the product reads, and is not shown', async () => {
  const { stdout } = await makeEnv();
  expect((await readKeyFile(join(folder, 'secrets', 'key'))).checkValue).toMatch(/^[0-9a-f]{32}$/);
  expect(stdout).not.toContain((await read('secrets', 'key')).trim());
});

test('nobody but their owner reads the passwords and the key of the authority, and the group of the containers what these need', async () => {
  await makeEnv();
  expect(await modeOf('.env')).toBe('600');
  expect(await modeOf('secrets')).toBe('700');
  expect(await modeOf('secrets', 'ca.key')).toBe('600');
  for (const name of ['key', 'ca.crt', 'eventstoredb.crt', 'eventstoredb.key', 'proxy.crt', 'proxy.key', 'redis.conf'])
    expect(await modeOf('secrets', name)).toBe('640');
  expect(String((await stat(join(folder, 'secrets', 'key'))).gid)).toBe((await settings()).get('SECRETS_GID'));
});

test('what is there stays as it is, and is named', async () => {
  await makeEnv();
  const before = await Promise.all([read('.env'), read('secrets', 'key')]);
  const again = await makeEnv();
  expect(again).toMatchObject({ code: 1, stdout: '' });
  expect(again.stderr).toMatch(/^\S+\.env is there already, and stays as it is: [^\n]+\n$/);
  await rm(join(folder, '.env'));
  expect((await makeEnv()).stderr).toMatch(/^\S+secrets is there already, and stays as it is/);
  expect([before[0], await read('secrets', 'key')]).toEqual(before);
});

test('each log has its profile and its nodes', async () => {
  await makeEnv('--log', 'cluster', '--host', 'uppsikt.example.org', '--port', '443');
  const set = await settings();
  expect(set.get('COMPOSE_PROFILES')).toBe('cluster,sign-in,mail');
  expect(set.get('EVENTSTORE_NODES')).toBe('eventstoredb1:2113,eventstoredb2:2113,eventstoredb3:2113');
  expect(set.get('UPPSIKT_URL')).toBe('https://uppsikt.example.org');
  expect(set.get('OIDC_ISSUER')).toBe('https://uppsikt.example.org/auth/realms/uppsikt');
});

test.each([
  [['--log', 'kafka'], /^--log is "kafka"; it must be one of eventstoredb, cluster, postgres\.\nUsage: /],
  [['--host', 'up psikt'], /^--host is "up psikt"; it must be the name of a host\.\nUsage: /],
  [['--port', '0'], /^--port is "0"; it must be a number up to 65535\.\nUsage: /],
  [['--force'], /^Unknown option '--force'/],
  [['--renew'], /^The certificates in \S+ cannot be renewed: /],
])('%j is refused, and makes nothing', async (argv, line) => {
  const { code, stderr } = await makeEnv(...argv);
  expect(code).toBe(1);
  expect(stderr).toMatch(line);
  expect(await readdir(folder)).toEqual([]);
});

test('a server and a client that show the certificate and trust the authority alone believe each other, by each name of a node', async () => {
  await makeEnv();
  const [ca, cert, key] = await Promise.all(['ca.crt', 'eventstoredb.crt', 'eventstoredb.key'].map((name) => read('secrets', name)));
  const node = { ca, cert, key } as { ca: string; cert: string; key: string };
  const server = createServer({ ...node, requestCert: true, rejectUnauthorized: true }, (socket: TLSSocket) =>
    socket.end(String(socket.getPeerCertificate().subject.CN)),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  for (const servername of ['eventstoredb', 'eventstoredb1', 'eventstoredb2', 'eventstoredb3']) {
    const client = connect({ ...node, host: '127.0.0.1', port, servername });
    const [said] = (await once(client, 'data')) as [Buffer];
    expect(said.toString()).toBe('eventstoredb-node');
    await once(client, 'close');
  }
  const stranger = connect({ ...node, host: '127.0.0.1', port, servername: 'elsewhere' });
  const [refused] = (await once(stranger, 'error')) as [NodeJS.ErrnoException];
  expect(refused.code).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  server.close();
});

test('certificates are renewed by the same authority, one that was put in the place of ours is left alone', async () => {
  await makeEnv('--host', 'uppsikt.example.org');
  const [authority, before] = [new X509Certificate(await read('secrets', 'ca.crt')), await read('secrets', 'proxy.crt')];
  expect((await makeEnv('--renew')).code).toBe(0);
  const renewed = new X509Certificate(await read('secrets', 'proxy.crt'));
  expect(renewed.toString()).not.toBe(before);
  expect(renewed.checkHost('uppsikt.example.org')).toBe('uppsikt.example.org');
  expect(renewed.verify(authority.publicKey)).toBe(true);
  expect(await modeOf('secrets', 'proxy.key')).toBe('640');

  await chmod(join(folder, 'secrets'), 0o700);
  const elsewhere = await mkdtemp(join(tmpdir(), 'uppsikt-make-env-'));
  await promisify(execFile)(process.execPath, [script, '--folder', elsewhere]);
  const another = await readFile(join(elsewhere, 'secrets', 'proxy.crt'), 'utf8');
  await promisify(execFile)('cp', [join(elsewhere, 'secrets', 'proxy.crt'), join(folder, 'secrets', 'proxy.crt')]);
  await rm(elsewhere, { recursive: true });
  const { stdout } = await makeEnv('--renew');
  expect(stdout).not.toContain('proxy');
  expect(await read('secrets', 'proxy.crt')).toBe(another);
});
