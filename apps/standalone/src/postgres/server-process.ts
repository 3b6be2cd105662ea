import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { STARTER } from './ownership.ts';
import { command, interrupt, type Place } from './place.ts';

const STOP_MS = 30_000;
const LOG_BYTES_MAX = 5 * 1024 * 1024;
/** Given last, so that neither the caller's settings nor a file in the folder undoes them. */
const FIXED = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };

/** A server process of ours, from its first moment: it may still fail to start. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  readonly gone: boolean;
  /** Resolves with what the server wrote to its log, once it is gone. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Spawns the server in a session of its own: a Ctrl-C must not reach it before the app is done with it. */
export async function spawnServer(place: Place, settings: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const port = await freePort();
  const flags = Object.entries({ log_checkpoints: 'off', ...settings, ...FIXED, port, [STARTER]: process.pid }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const log = await openLog(place.log);
  const [program, args, how] = command(place, place.programs.postgres, ['-D', place.cluster, ...flags]);
  const child = spawn(program, args, { ...how, detached: true, windowsHide: true, stdio: ['ignore', log.handle.fd, log.handle.fd] });
  let gone = false;
  const exit = endOf(child).then((failure) => ((gone = true), failure));
  const ended = Promise.all([exit, stopWithUs(child, place)]).then(async ([failure]) => failure + (await readFrom(place.log, log.startBytes)));
  await log.handle.close();
  const pid = child.pid ?? 0; // none when it could not be spawned: then it has ended
  return {
    pid,
    port,
    ended,
    get gone() {
      return gone;
    },
    async stop() {
      if (!gone) await interrupt(place, pid);
      const impatience = setTimeout(() => child.kill('SIGQUIT'), STOP_MS); // at once; the next start replays the log
      await ended;
      clearTimeout(impatience);
    },
  };
}

/** Resolves when a child is gone, with the reason if it never was. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((done) => child.once('exit', () => done('')).once('error', (error) => done(String(error))));
}

/**
 * A shell that waits for our end and then asks the server to stop: a killed process cannot do it itself. Resolves when the shell is gone.
 * (Windows has no such shell; there the next start takes the orphan down, as it does everywhere if the shell is killed too.)
 */
async function stopWithUs(server: ChildProcess, { user }: Place): Promise<void> {
  if (process.platform === 'win32' || server.pid === undefined) return;
  const args = ['-c', 'read -r our_end; kill -INT "$1"', 'uppsikt-guard', String(server.pid)];
  const shell = spawn('/bin/sh', args, { ...user, cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  server.once('exit', () => shell.kill()); // before its number can go to another process
  await endOf(shell);
}

async function openLog(path: string) {
  const bytes = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  const full = bytes > LOG_BYTES_MAX;
  if (full) await rename(path, `${path}.old`);
  return { handle: await open(path, 'a', 0o600), startBytes: full ? 0 : bytes };
}

async function readFrom(path: string, startBytes: number): Promise<string> {
  const bytes = await readFile(path).catch(() => Buffer.of()); // the folder may be gone by now
  return bytes.toString('utf8', startBytes);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
