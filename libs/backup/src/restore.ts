import type { ClientBase } from 'pg';
import { START, type MovingLog } from '#libs/event-log';
import { beginRestore, finishRestore, OwnerVault, unfinishedRestore, type Erased, type ErasureLedger } from '#libs/vault';
import { Filling } from './filling.js';
import { assertSame, inspect, Reading, type Inspected } from './inspect.js';
import type { Opening } from './manifest.js';
import { BackupRefused } from './refused.js';
import type { Opener } from './seals.js';
import type { Progress, Sources } from './sources.js';

/** Where a backup goes. Its database has been prepared and migrated, and nothing runs on it. */
export interface Targets extends Sources {
  readonly log: MovingLog;
}

export interface RestoreOptions {
  readonly from: string;
  readonly opener: Opener;
  /** Restores without the ledger of erasures that belongs to the backup: it is lost, and who was erased after the backup comes back. */
  readonly withoutLedger?: boolean;
  readonly progress?: Progress;
}

export interface Restored extends Inspected {
  /** Entries put there by this run: an earlier one that was broken off may have put the others. */
  readonly put: number;
  /** Who stood in the backup, was erased since, and was not brought back. */
  readonly keptErased: number;
}

/** Any constant will do; it only has to be the same for every release. */
const LOCK = 8_117;

/** What connections of ours are called. */
export const RESTORE = 'uppsikt restore';

/**
 * Restores a backup into an empty log and vault. First the whole backup is read and checked; nothing is touched before. Then it is put
 * there, and until all of it is, nobody can open the vault or the log. May be broken off anywhere and begun again with the same backup.
 * Of anybody in the ledger of erasures nothing is ever written.
 *
 * The log gets an id of its own: positions that were given out after the backup mean nothing in it.
 * @throws BackupRefused, LedgerUnavailable, DocumentsUnavailable, LogUnavailable
 */
export const restore = async (into: Targets, { from, opener, withoutLedger = false, progress = () => {} }: RestoreOptions): Promise<Restored> => {
  const { owner, keyring, ledger, log } = into;
  const inspected = await inspect(from, opener, keyring, progress);
  const { opening, closing } = inspected;
  if (!withoutLedger) await assertLedger(opening, ledger);
  await assertAlone(owner);
  await assertNobodyThere(owner);
  await assertEmpty(into, opening);
  const erased = [...inspected.erased, ...(await inLedger(ledger))];
  await beginRestore(owner, opening.backup);
  if ((await log.state()).state !== 'filling') await log.become({ state: 'filling', other: opening.log.id });
  const filling = new Filling(into, erased);
  await using reading = await Reading.of(from, opener);
  for await (const member of reading.members()) {
    await filling.member(member);
    progress(`${member.section}: ${filling.counts.itemsOf(member.section)}`);
  }
  await filling.log.assertEnds();
  assertSame(closing.sections, filling.counts.all);

  await destroyAll(owner, await inLedger(ledger)); // whoever was erased meanwhile
  await assertNobodyThere(owner);
  await log.become({ state: 'open' });
  await finishRestore(owner, opening.backup, opening.keyFile);
  return { ...inspected, put: filling.log.put, keptErased: filling.keptErased };
};

/** @throws BackupRefused where the ledger that the backup knows is not there */
const assertLedger = async ({ ledger: known }: Opening, ledger: ErasureLedger | undefined): Promise<void> => {
  const found = await ledger?.id();
  if (known === null || known === found) return;
  const what = found === undefined ? 'There is no ledger of erasures' : 'The ledger of erasures is not the one that belongs to this backup';
  throw new BackupRefused(
    `${what}: who was erased after the backup would come back. Set ERASURE_LEDGER to where it is kept; if it is lost, say --without-ledger.`,
  );
};

/** Holds the lock for as long as the session lasts. @throws BackupRefused where another restore is at work */
const assertAlone = async (owner: ClientBase): Promise<void> => {
  const { rows } = await owner.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK]);
  if (!rows[0]?.mine) throw new BackupRefused('Another restore is at work on this database; wait for it, or stop it.');
};

/** @throws BackupRefused where processes are connected that would see half of it */
const assertNobodyThere = async (owner: ClientBase): Promise<void> => {
  const { rows } = await owner.query<{ name: string }>(
    `select distinct application_name as name from pg_stat_activity
      where datname = current_database() and usename in ('uppsikt_api', 'uppsikt_worker') and not starts_with(application_name, $1) order by 1`,
    [RESTORE],
  );
  if (rows.length > 0)
    throw new BackupRefused(`Somebody works on this database (${rows.map(({ name }) => name).join(', ')}): stop every api and worker first.`);
};

/** @throws BackupRefused where there is something that is not the beginning of this backup */
const assertEmpty = async ({ owner, log }: Targets, { backup }: Opening): Promise<void> => {
  const unfinished = await unfinishedRestore(owner);
  if (unfinished === backup) return;
  if (unfinished !== undefined)
    throw new BackupRefused('A restore of another backup was broken off here: finish it with that backup, or begin with an empty database and log.');
  const { keys, parts } = await new OwnerVault(owner).counts();
  const head = await log.head();
  const { state } = await log.state();
  if (head !== START || keys + parts > 0 || state !== 'open')
    throw new BackupRefused('Here is something already, and a backup is restored into an empty database and log alone; nothing was changed.');
};

const inLedger = async (ledger: ErasureLedger | undefined): Promise<readonly Erased[]> => (ledger ? (await Array.fromAsync(ledger.erased())).flat() : []);

const destroyAll = async (owner: ClientBase, erased: readonly Erased[]): Promise<void> => {
  const vault = new OwnerVault(owner);
  const left = await vault.withKeys(
    erased.map(({ tenant }) => tenant),
    erased.map(({ subject }) => subject),
  );
  for (const { tenant, subject } of left) await vault.destroy(tenant, subject);
};
