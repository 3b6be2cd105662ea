import type { Position } from '#libs/event-log';

/** The kernel's `Clock`. */
export const CLOCK = Symbol('Clock');

/** The log's own id: positions that go out carry it. A string. */
export const LOG_ID = Symbol('LogId');

/** How far the views have come. */
export abstract class CaughtUp {
  /** Waits until the views hold everything up to a position. False where they did not get there in time. */
  abstract with(position: Position, timeoutMs: number): Promise<boolean>;
}

/** Where the bytes of what is uploaded are kept, before anything is recorded of them. */
export abstract class Uploads {
  /** The most that one file may have. */
  abstract readonly maxBytes: number;
  /** The bytes are durable when the promise resolves. The same bytes again are kept once. */
  abstract keep(tenant: string, sha256: string, bytes: Uint8Array): Promise<void>;
}
