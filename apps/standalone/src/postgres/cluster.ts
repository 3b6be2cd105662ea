import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, StartError } from '../../../api/src/process/start-error.ts';
import { type Place, run } from './place.ts';

const HALF_MADE = 'postgres.new.';
const INITDB = '--username=postgres --auth=scram-sha-256 --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 --data-checksums';

/**
 * Sees to it that there is a database of our version.
 * @throws {StartError} when another version wrote it, or it can be neither read nor made.
 */
export async function ensureCluster(place: Place): Promise<void> {
  const written = await writtenVersion(place);
  if (written === undefined) return createCluster(place);
  const ours = /\d+/.exec(await run(place, place.programs.postgres, ['--version']))?.[0];
  if (written !== ours)
    throw new StartError(
      `The data folder ${place.data} was written by PostgreSQL ${written || 'of an unknown version'}, and this release brings PostgreSQL ${ours}: make a backup with the ` +
        'release that wrote it, move the folder away, start this release and restore the backup.',
    );
}

/** Removes what killed starts left half made. Only for the owner: a start that is still at it would lose anyway. */
export async function sweepHalfMade({ data }: Place): Promise<void> {
  for (const name of await readdir(data)) if (name.startsWith(HALF_MADE)) await discard(join(data, name)).catch(() => {}); // the next start tries again
}

async function writtenVersion({ data, cluster }: Place): Promise<string | undefined> {
  try {
    return (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw new StartError(`The data folder ${data} belongs to another user (${codeOf(error)}); start as that user, or set UPPSIKT_DATA to another folder.`);
  }
}

/** Makes the database beside its place and renames it, so that a killed start leaves nothing half made and of two starts one wins. */
async function createCluster(place: Place): Promise<void> {
  let half: string | undefined;
  try {
    await mkdir(place.data, { recursive: true });
    half = await mkdtemp(join(place.data, HALF_MADE));
    const [password, fresh] = [join(half, 'password'), join(half, 'cluster')];
    await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true });
    if (place.user) for (const path of [half, password]) await chown(path, place.user.uid, place.user.gid);
    await run(place, place.programs.initdb, ['-D', fresh, `--pwfile=${password}`, ...INITDB.split(' ')]);
    await rename(password, join(fresh, 'password'));
    await rename(fresh, place.cluster);
    await syncFolder(place.data);
  } catch (error) {
    if ((await writtenVersion(place)) === undefined) throw error; // otherwise another start was quicker
  } finally {
    if (half !== undefined) await discard(half);
  }
}

/** Without it a power cut could undo the rename, and with it all that was committed since. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // which has no such call
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}

async function discard(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
