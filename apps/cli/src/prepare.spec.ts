import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withClient } from '#libs/database';
import { startPostgres, type RunningPostgres } from '../../standalone/src/postgres.js';
import { prepare } from './prepare.js';
import { command, uppsikt } from './uppsikt.given.js';

// A server of its own: roles, and so their passwords, belong to the whole server.
let folder: string;
let server: RunningPostgres;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-prepare-'));
  await chmod(folder, 0o755); // the database's own user must get in where root runs this
  server = await startPostgres(folder);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const passwords = (text: string) => ({
  UPPSIKT_OWNER_PASSWORD: `owner/${text}:@%ö`,
  UPPSIKT_WORKER_PASSWORD: `worker-${text}`,
  UPPSIKT_API_PASSWORD: `api-${text}`,
});
const settings = (text: string) => ({ ADMIN_DATABASE_URL: server.superuserUrl, ...passwords(text) });

const comesIn = (user: string, password: string, database: string): Promise<string | undefined> => {
  const url = new URL(server.superuserUrl);
  Object.assign(url, { username: user, password: encodeURIComponent(password), pathname: `/${database}` });
  return withClient(url.href, 'spec', async (client) => (await client.query<{ who: string }>('select current_user as who')).rows[0]?.who);
};

test('of several first starts all find the database, its roles and its extensions made, each role with its password', async () => {
  const env = settings('0123456789abcdef');
  await Promise.all(Array.from({ length: 4 }, () => command(prepare, ['prepare'], env)));
  expect(await comesIn('uppsikt_owner', env.UPPSIKT_OWNER_PASSWORD, 'uppsikt')).toBe('uppsikt_owner');
  expect(await comesIn('uppsikt_worker', env.UPPSIKT_WORKER_PASSWORD, 'uppsikt')).toBe('uppsikt_worker');
  expect(await comesIn('uppsikt_api', env.UPPSIKT_API_PASSWORD, 'uppsikt')).toBe('uppsikt_api');
  const url = new URL(server.superuserUrl);
  url.pathname = '/uppsikt';
  const { rows } = await withClient(url.href, 'spec', (client) => client.query<{ extname: string }>('select extname from pg_extension order by 1'));
  expect(rows.map(({ extname }) => extname)).toEqual(['btree_gist', 'pg_trgm', 'plpgsql', 'unaccent']);
});

test('run again with other passwords it sets these, and the former let nobody in', async () => {
  await command(prepare, ['prepare'], settings('the-former-password'));
  const env = settings('the-newer-password');
  await command(prepare, ['prepare'], env);
  expect(await comesIn('uppsikt_api', env.UPPSIKT_API_PASSWORD, 'uppsikt')).toBe('uppsikt_api');
  await expect(comesIn('uppsikt_api', passwords('the-former-password').UPPSIKT_API_PASSWORD, 'uppsikt')).rejects.toThrow('password authentication failed');
});

test('the database may have another name', async () => {
  const env = settings('0123456789abcdef');
  await command(prepare, ['prepare', '--database', 'uppsikt_prov'], env);
  expect(await comesIn('uppsikt_worker', env.UPPSIKT_WORKER_PASSWORD, 'uppsikt_prov')).toBe('uppsikt_worker');
});

test('a setting that is missing is one line, and so is a password that is wrong; neither tells a secret', async () => {
  expect(await uppsikt(['prepare'], { ...settings('0123456789abcdef'), UPPSIKT_API_PASSWORD: '' })).toEqual({
    code: 1,
    said: 'UPPSIKT_API_PASSWORD must be set, and at least 16 characters long; node scripts/make-env.mjs makes one.\n',
  });
  const wrong = new URL(server.superuserUrl);
  wrong.password = 'not-the-password';
  expect(await uppsikt(['prepare'], { ...settings('0123456789abcdef'), ADMIN_DATABASE_URL: wrong.href })).toEqual({
    code: 1,
    said: `ADMIN_DATABASE_URL cannot be used: the password is wrong, or there is no such user (postgres at 127.0.0.1:${server.port}, database postgres).\n`,
  });
});
