import type { ClientBase, Pool } from 'pg';
import type { DocumentStore } from '#libs/documents';
import type { EventLog } from '#libs/event-log';
import type { ErasureLedger, Keyring } from '#libs/vault';

/** What is kept, wherever it lies: what a backup is made of. */
export interface Sources {
  /** Over all tenants. */
  readonly log: EventLog;
  /** Of the role `uppsikt_owner`: sees the vault as a whole. */
  readonly owner: ClientBase;
  /** Of the role `uppsikt_worker`: whose the views and the checkpoints of reactions are. */
  readonly worker: Pool;
  readonly documents: DocumentStore;
  readonly keyring: Keyring;
  /** Undefined where none is set: then nothing has been erased. */
  readonly ledger: ErasureLedger | undefined;
}

/** Told how far it has come; for a terminal. */
export type Progress = (line: string) => void;
