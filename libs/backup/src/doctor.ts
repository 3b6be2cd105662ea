import type { Pool } from 'pg';
import { START } from '#libs/event-log';
import { OwnerVault, unfinishedRestore } from '#libs/vault';
import type { ClientBase } from 'pg';
import { ErasuresCheck } from './check-erasures.js';
import { DocumentsCheck } from './check-documents.js';
import { LogCheck } from './check-log.js';
import { checkQueue, type QueueGround } from './check-queue.js';
import { checkReactions } from './check-reactions.js';
import { VaultCheck } from './check-vault.js';
import { beside, checkViews, type ViewsGround } from './check-views.js';
import type { Checked } from './checked.js';
import { entriesUpTo } from './entries.js';
import { Findings } from './findings.js';
import type { Progress, Sources } from './sources.js';

/** What is examined: everything that is kept, and what is made of it. */
export interface Examined extends Sources, ViewsGround {
  readonly log: Sources['log'];
  readonly owner: ClientBase;
  readonly worker: Pool;
  /** Names of the reactions of this release. */
  readonly reactions: readonly string[];
  /** Left out where there is none to be looked at. */
  readonly queue?: QueueGround;
}

export interface DoctorOptions {
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/**
 * Examines an installation, while it runs or not, and changes nothing: whether everything that the log names is there, the log itself
 * without a gap, and what is made of it what it should be. Memory is bounded by a page, and by some bytes for each stream.
 * @returns what was counted and found, a check at a time
 * @throws BackupRefused, LogUnavailable, DocumentsUnavailable, LedgerUnavailable where something cannot be looked at
 */
export const examine = async (
  what: Examined,
  { progress = () => {}, signal = new AbortController().signal }: DoctorOptions = {},
): Promise<readonly Checked[]> => {
  const { log, owner, worker, documents, keyring, ledger } = what;
  const vault = new OwnerVault(owner);
  const head = await log.head();
  const checks = {
    log: new LogCheck(log.gapless === true),
    vault: new VaultCheck(vault),
    documents: new DocumentsCheck(documents),
    erasures: await ErasuresCheck.of(ledger, vault),
  };
  for await (const entries of entriesUpTo(log, head)) {
    signal.throwIfAborted();
    checks.log.page(entries);
    checks.erasures.page(entries);
    await checks.vault.page(entries);
    await checks.documents.page(entries);
    progress(`log: position ${entries.at(-1)?.position ?? START} of ${head}`);
  }
  const restored = await checkRestore(owner);
  const kept = [restored, checks.log.result(head), await checks.vault.result(keyring), checks.documents.result(), checks.erasures.result()];
  const reactions = await checkReactions(worker, log, what.reactions);
  const made = await beside(what, async (pool, schema) => [
    await checkViews(what, { pool, schema }, head, signal, progress),
    ...(what.queue ? [await checkQueue(pool, what.queue)] : []),
  ]);
  return [...kept, reactions, ...made];
};

const checkRestore = async (owner: ClientBase): Promise<Checked> => {
  const deviations = new Findings();
  const unfinished = await unfinishedRestore(owner);
  if (unfinished !== undefined) deviations.add(`The restore of backup ${unfinished} was broken off: restore it again, and nothing is lost.`);
  return { name: 'restore', counted: 'no restore was broken off', numbers: {}, deviations, notes: [] };
};
