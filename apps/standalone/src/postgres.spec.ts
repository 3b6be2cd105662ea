import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { appendFile, chmod, chown, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  begin,
  beginNode,
  cleanUp,
  eventually,
  killGroup,
  killServersOn,
  newFolder,
  pidsOf,
  ps,
  refusal,
  serversOn,
  started,
  stopped,
} from '../test/app-process.ts';
import { locate } from './postgres/place.ts';

// Whole processes are started and killed here, as operators and power cuts do it.
jest.setTimeout(60_000);
let template: string;

beforeAll(async () => {
  template = await newFolder();
  await stopped(await started(template));
});
afterEach(() => cleanUp(template));
afterAll(() => cleanUp());

test('the first start makes the database, and the next keeps what was written', async () => {
  const folder = await newFolder();
  const first = await started(folder);
  await first.query(`create table plans as select 'genomförandeplan' as name`);
  expect(await stopped(first)).toBe(0);
  expect(serversOn(folder)).toEqual([]);

  const second = await started(folder);
  expect(await second.query('select name from plans')).toEqual([{ name: 'genomförandeplan' }]);
  expect(await second.query(`select current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums`)).toEqual([
    { encoding: 'UTF8', checksums: 'on' },
  ]);
});

test('settings reach the server, except those that would lose what was committed', async () => {
  const app = await started(await copy(), {
    settings: { max_connections: '33', cluster_name: `it's "mine"`, fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' },
  });
  const names = ['max_connections', 'cluster_name', 'fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses'];
  const rows = await app.query(`select setting from unnest('{${names.join()}}'::text[]) with ordinality n(name, i) join pg_settings using (name) order by i`);
  expect(rows).toEqual(['33', `it's "mine"`, 'on', 'on', 'on', '127.0.0.1'].map((setting) => ({ setting })));
});

test('of two first starts at once one wins, and the other says which process already runs', async () => {
  const folder = await newFolder();
  const both = [await begin(folder), await begin(folder)];
  const said = await Promise.all(both.map((app) => app.next()));
  const winner = both[said.findIndex((line) => line.superuserUrl)]?.pid;
  expect(said).toContainEqual({
    refused: `StartError: Uppsikt already runs on ${folder} (process ${winner}); stop it first, or set UPPSIKT_DATA to another folder.`,
  });
  expect(serversOn(folder)).toHaveLength(1);
  expect(await readdir(folder)).toEqual(['postgres', 'postgres.log']);
});

test('when the whole process group is killed the server stops too, and the next start works', async () => {
  const folder = await copy();
  await killGroup(await started(folder));
  await eventually(async () => (serversOn(folder).length === 0 ? ['none'] : []));
  await started(folder);
});

test('a server that nobody stopped is taken down by the next start', async () => {
  const folder = await copy();
  const app = await started(folder);
  const [orphan] = serversOn(folder);
  for (const guard of pidsOf(`uppsikt-guard ${orphan}`)) process.kill(guard, 'SIGKILL');
  await killGroup(app);
  expect(serversOn(folder)).toEqual([orphan]);

  await started(folder);
  expect(serversOn(folder)).toHaveLength(1);
  expect(serversOn(folder)).not.toContain(orphan);
});

test('a server that is killed is told as lost, and the next start works', async () => {
  const folder = await copy();
  const app = await started(folder);
  killServersOn(folder);
  expect(await app.next()).toEqual({ lost: `The database server on ${folder} ended by itself; see ${join(folder, 'postgres.log')}, and start again.` });
  expect(await app.exitCode).toBe(3);
  await started(folder);
});

test('when app and server are killed together the next start works', async () => {
  const folder = await copy();
  const app = await started(folder);
  killServersOn(folder);
  await killGroup(app);
  await started(folder);
});

test('a server that restarts after a crash inside keeps its owner', async () => {
  const folder = await copy();
  const app = await started(folder);
  const crashed = app.query('select pg_sleep(60)').catch(() => 'crashed');
  const [backend] = await eventually(() => app.query(`select pid from pg_stat_activity where query = 'select pg_sleep(60)'`));
  process.kill(Number(backend?.['pid']), 'SIGKILL');
  expect(await crashed).toBe('crashed');
  const owner = `select application_name as name from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory'`;
  expect(await eventually(() => app.query(owner))).toEqual([{ name: `uppsikt ${app.pid}` }]);
});

test('a start that is killed while it makes the database leaves nothing in the way', async () => {
  const folder = await newFolder();
  const killed = await begin(folder);
  await eventually(async () => (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('PG_VERSION')));
  await killGroup(killed);
  expect(await readdir(folder)).toEqual([expect.stringMatching(/^postgres\.new\./)]);
  await started(folder);
  expect(await readdir(folder)).toEqual(['postgres', 'postgres.log']);
});

test('the number of a dead server that has gone to another program does not hinder the start', async () => {
  const folder = await copy();
  const app = await started(folder);
  killServersOn(folder);
  await killGroup(app);
  const stranger = await beginNode(folder, ['-e', 'setTimeout(() => {}, 60_000)'], true);
  const file = join(folder, 'postgres', 'postmaster.pid');
  await writeFile(file, (await readFile(file, 'utf8')).replace(/^\d+/, String(stranger.pid)));
  await started(folder);
});

test('a folder that another version wrote is refused with the way out', async () => {
  const folder = await copy();
  await writeFile(join(folder, 'postgres', 'PG_VERSION'), '17\n');
  expect(await refusal(folder)).toMatch(/was written by PostgreSQL 17, and this release brings PostgreSQL 18: make a backup with the release that wrote it/);
});

test('an ordinary user may start it', async () => {
  const folder = await copy();
  const { user = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 } } = await locate(folder);
  for (const path of [folder, join(folder, 'postgres.log')]) await chown(path, user.uid, user.gid);
  const app = await started(folder, { ordinary: true });
  expect([app.pid, ...serversOn(folder)].map((pid) => ps('-o', 'uid=', '-p', String(pid)).trim())).toEqual([`${user.uid}`, `${user.uid}`]);
  expect(await stopped(app)).toBe(0);
});

test('a folder that may not be written is refused', async () => {
  const folder = await newFolder();
  await chmod(folder, 0o555);
  expect(await refusal(join(folder, 'data'), { ordinary: true })).toMatch(/may not be written by this user; change its owner, or set UPPSIKT_DATA/);
});

test('a file in the place of the folder is refused', async () => {
  const file = join(await newFolder(), 'data');
  await writeFile(file, '');
  expect(await refusal(file)).toMatch(/cannot hold the data \(EEXIST\); set UPPSIKT_DATA/);
});

test('a folder closed to others serves its owner, and root where the server can be let through', async () => {
  const folder = await copy();
  await chmod(folder, 0o700);
  const stays = process.getuid?.() === 0 && !succeeds('setpriv', '--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search', 'true');
  expect(await refusal(folder)).toContain(stays ? `cannot get past ${folder}; run chmod o+x ${folder}` : 'It started.');
});

test('a disk that is full, or fills while the database is made, is told in one line', async () => {
  const full = await copy();
  await rm(join(full, 'postgres', 'postmaster.opts'));
  await symlink('/dev/full', join(full, 'postgres', 'postmaster.opts'));
  const small = await newFolder();
  const mounted = succeeds('mount', '-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', small); // only root may, and not everywhere
  try {
    for (const folder of mounted ? [full, small] : [full])
      expect(await refusal(folder)).toBe(`StartError: The disk that holds ${folder} is full; free some space and start again.`);
  } finally {
    if (mounted) succeeds('umount', small);
  }
});

test('a configuration that PostgreSQL refuses is told with its own words', async () => {
  const folder = await copy();
  await appendFile(join(folder, 'postgres', 'postgresql.conf'), 'nonsense = on\n');
  expect(await refusal(folder)).toMatch(/^StartError: PostgreSQL does not start on .*: configuration file .* contains errors; its log is .*postgres\.log\.$/);
});

test('a platform without PostgreSQL from npm is refused', async () => {
  expect(await refusal(await newFolder(), { arch: 'mips' })).toMatch(/There is no embedded PostgreSQL for \w+-mips, or npm left it out/);
});

/** A folder with a database that was stopped: quicker than making one. */
async function copy(): Promise<string> {
  const folder = await newFolder();
  execFileSync('cp', ['-a', `${template}/.`, folder]);
  return folder;
}

function succeeds(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
