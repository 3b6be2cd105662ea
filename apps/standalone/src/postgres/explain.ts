import { statfs } from 'node:fs/promises';
import { codeOf, StartError } from '../../../api/src/process/start-error.ts';
import type { Place } from './place.ts';

const SPACE_BYTES_MIN = 16 * 1024 * 1024; // one segment of the write-ahead log: no server lives long with less

/** What the file system or PostgreSQL said, as the one sentence for the operator. */
export async function explain(place: Place, cause: unknown): Promise<StartError> {
  if (cause instanceof StartError) return cause;
  const { data, cluster, log, user, closed } = place;
  const said = `${codeOf(cause)} ${cause instanceof Error ? cause.message : String(cause)}`;
  if (/No space left|Disk quota|ENOSPC|EDQUOT/.test(said) || (await isFull(data))) return diskFull(data);
  if (closed !== undefined && /EACCES|Permission denied|setpriv ENOENT|setpriv: /.test(said))
    return new StartError(
      `PostgreSQL refuses to run as root, and the user it runs as cannot get past ${closed}; run chmod o+x ${closed}, or start as an ordinary user.`,
    );
  if (/EACCES|EPERM|Permission denied|wrong ownership/.test(said))
    return new StartError(
      user
        ? `PostgreSQL refuses to run as root, and user ${user.uid} may not use ${cluster}; run chown -R ${user.uid} ${cluster}.`
        : `The data folder ${data} may not be written by this user; change its owner, or set UPPSIKT_DATA to another folder.`,
    );
  if (/EROFS|ENOTDIR|EEXIST|ENAMETOOLONG|ELOOP/.test(said))
    return new StartError(`${data} cannot hold the data (${codeOf(cause)}); set UPPSIKT_DATA to a folder that can be written.`);
  if (/ENOTEMPTY/.test(said)) return new StartError(`${cluster} holds something that is not a database; move it away.`);
  if (/shared librar|Library not loaded|spawn .*ENOENT|ENOEXEC|Exec format/.test(said))
    return new StartError('The embedded PostgreSQL does not run on this machine; run npm ci with its install scripts, on a system with glibc.');
  return new StartError(`PostgreSQL does not start on ${cluster}: ${complaint(said)}; its log is ${log}.`);
}

/** Why a server ended that nobody had asked to. */
export async function explainLoss({ data, log }: Place): Promise<StartError> {
  return (await isFull(data)) ? diskFull(data) : new StartError(`The database server on ${data} ended by itself; see ${log}, and start again.`);
}

/** @throws {StartError} when there is no room to write anything. */
export async function assertRoom(data: string): Promise<void> {
  if (await isFull(data)) throw diskFull(data);
}

function diskFull(data: string): StartError {
  return new StartError(`The disk that holds ${data} is full; free some space and start again.`);
}

async function isFull(folder: string): Promise<boolean> {
  const disk = await statfs(folder).catch(() => undefined);
  return disk !== undefined && disk.bavail * disk.bsize < SPACE_BYTES_MIN;
}

/** The first line that says why, without time and process. */
function complaint(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const why = lines.find((line) => /FATAL|PANIC/.test(line)) ?? lines.find((line) => /error:/.test(line)) ?? lines.at(-1) ?? 'it does not say why';
  return why.replace(/^.*?(FATAL|PANIC|error): +/, '');
}
