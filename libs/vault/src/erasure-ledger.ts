import { randomUUID } from 'node:crypto';
import type { Instant } from '#libs/kernel';
import type { VaultStore } from './vault.js';

/** Somebody whose key was destroyed. */
export interface Erased {
  readonly tenant: string;
  readonly subject: string;
}

/** What the ledger says of one erasure: nothing by which anybody could be known. */
export interface Erasure extends Erased {
  readonly at: Instant;
  /** The event that says who decided it and why. */
  readonly event?: string;
}

/** The ledger cannot be read or written. Its message is one line for the operator; nothing was erased. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';
  /** Told as *try again shortly*. */
  readonly statusCode = 503;
}

/** Names a new ledger. */
export const newLedgerId = (): string => randomUUID();

/**
 * What has been erased, kept apart from every backup: a restored backup that is older than an erasure must not bring anybody back.
 * Each erasure is written here before the key is destroyed, so that a process killed between leaves one that is done again, never one
 * that is forgotten. It only grows, and holds pseudonyms alone.
 */
export abstract class ErasureLedger {
  /**
   * The ledger's own id, by which a backup knows it again.
   * @param create whether to begin one where there is none
   * @returns undefined where there is none
   * @throws LedgerUnavailable
   */
  abstract id(options?: { readonly create?: boolean }): Promise<string | undefined>;

  /**
   * Durable when the promise resolves. What is said of somebody first stays.
   * @throws LedgerUnavailable
   */
  abstract record(erasure: Erasure): Promise<void>;

  /**
   * Everybody, in pages.
   * @throws LedgerUnavailable
   */
  abstract erased(): AsyncIterable<readonly Erased[]>;

  /** What it says of one of them. @throws LedgerUnavailable */
  abstract read(erased: Erased): Promise<Erasure>;
}

/**
 * Destroys the keys of everybody in the ledger who still has one: of a restored vault, or where a process was killed between writing
 * the ledger and destroying. Done before anything is served.
 * @returns how many were destroyed
 */
export const applyErasures = async (ledger: ErasureLedger, store: Pick<VaultStore, 'keys' | 'destroy'>): Promise<number> => {
  let destroyed = 0;
  for await (const page of ledger.erased()) {
    for (const [tenant, erased = []] of Map.groupBy(page, (one) => one.tenant)) {
      const left = await store.keys(
        tenant,
        erased.map(({ subject }) => subject),
      );
      for (const { subject } of left) await store.destroy(tenant, subject);
      destroyed += left.length;
    }
  }
  return destroyed;
};
