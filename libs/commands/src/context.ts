import type { Instant } from '#libs/kernel';
import type { Asker } from './may.js';

/** Everything a command needs to know beside its own content. Always an argument, never ambient. */
export interface Context extends Asker {
  readonly tenant: string;
  /** The same command twice has the same id: UUIDv5(tenant, actor, Idempotency-Key), or derived from what caused it. */
  readonly commandId: string;
  /** Correlation, 32 hex digits: the trace id of the request that began the chain. */
  readonly corr: string;
  /** The event that caused the command, where a reaction or a timer sent it. */
  readonly caus?: string;
  readonly now: Instant;
  /** Revision the sender has seen (`If-Match`): the command holds only if nothing but timers wrote since. */
  readonly ifMatch?: number;
}

/** What came of a command: where its stream stands now, and the log position that a reader may wait for. */
export interface Answer {
  readonly id: string;
  /** Last revision that this command wrote (of the stream, where there was nothing new to say). */
  readonly revision: number;
  /** `ETag` of the object after it: the revision of the last entry that no timer wrote. */
  readonly etag: number;
  readonly position: bigint;
}
