import type { Instant } from './instant.js';

/** The domain's only source of the time. Leases, timeouts and backoff use the database's or monotonic time instead. */
export interface Clock {
  now(): Instant;
  /** Whether this is the wall clock. Under a stepped clock no delayed jobs are made: a step visits every due instant itself. */
  readonly real: boolean;
}
