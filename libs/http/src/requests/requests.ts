import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import canonicalize from 'canonicalize';
import type { Pool } from 'pg';
import { ANSWER_MS, openPool } from '#libs/database';
import { HttpRefused, type Ready } from '../problem/told.js';
import { Batch } from './batch.js';
import { claim, finish, KEEP_HOURS, type Claim, type Finished, type Found } from './statements.js';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;
const SWEEP_EVERY_MS = 600_000;

/**
 * What a crash may take away need not wait for the disk. And a plan made while the table was young would read the whole of it
 * for each statement, for as long as the connection lives: one by its keys is right whatever its size.
 */
const SETTINGS = ['synchronous_commit', 'enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'].map((name) => `-c ${name}=off`).join(' ');

/** What a request is answered, and whether that was its first time. */
export interface Answered {
  readonly ready: Ready;
  readonly repeated: boolean;
}

/**
 * Answers a repeated request as it was answered the first time, for 24 hours: also a refusal, and also when there was nothing new to say.
 * A second one that comes while the first is under way waits for it. Where the first one's process dies, its lease lapses
 * and the second is carried out, by the same command id: the log tells whether the first had got that far.
 */
export class Requests {
  readonly #claims: Batch<Claim, Found>;
  readonly #finished: Batch<Finished, void>;
  /** Requests of this process under way, so that a second one need not ask the database. */
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #sweeper: NodeJS.Timeout;

  private constructor(
    private readonly pool: Pool,
    private readonly key: Buffer,
    leaseMs: number,
  ) {
    this.#claims = new Batch((claims) => claim(pool, claims, leaseMs));
    this.#finished = new Batch((finished) => finish(pool, finished));
    this.#sweeper = setInterval(() => void this.sweep().catch(() => {}), SWEEP_EVERY_MS).unref(); // fails where the database is away, and will be done next time
  }

  /**
   * @param url of the role `api`
   * @param leaseMs how long a request under way is waited for, by the database's clock; longer than any command takes
   */
  static async open(url: string, { leaseMs = 30_000 }: { leaseMs?: number } = {}): Promise<Requests> {
    const relaxed = new URL(url);
    relaxed.searchParams.set('options', SETTINGS);
    const pool = openPool(relaxed.href, { max: 2, name: 'uppsikt requests', timeoutMs: ANSWER_MS });
    const { rows } = await pool.query<{ key: Buffer }>('select key from http.secret');
    return new Requests(pool, rows[0]!.key, leaseMs);
  }

  /**
   * Does something once for each id.
   * @param asked what tells a repeat from another request under the same id: operation with path, and content
   * @param run its answer; one of 500 or above is not kept, nor is an error
   * @throws HttpRefused (422) for another request under an id that is taken
   */
  async once(command: string, asked: readonly [operation: string, content: unknown], run: () => Promise<Ready>): Promise<Answered> {
    const fingerprint = createHmac('sha256', this.key)
      .update(canonicalize(asked) ?? '')
      .digest();
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      await this.#running.get(command);
      if (this.#running.has(command)) continue; // another of those that waited was quicker
      const attempt = this.#attempt(command, fingerprint, run).finally(() => this.#running.delete(command));
      this.#running.set(
        command,
        attempt.catch(() => {}),
      );
      const answered = await attempt;
      if (answered) return answered;
      await pause(wait); // another process carries it out
    }
  }

  /** Forgets what is older than 24 hours. */
  async sweep(): Promise<number> {
    const { rowCount } = await this.pool.query(`delete from http.requests where made_at < clock_timestamp() - interval '${KEEP_HOURS} hours'`);
    return rowCount ?? 0;
  }

  /**
   * Ends what an earlier process had claimed and not answered, so that a repeat need not wait for its lease to lapse. Only for a process
   * that has itself just started the database, alone. Whether the earlier one got as far as recording, the log tells.
   */
  async endClaims(): Promise<void> {
    await this.pool.query(`update http.requests set lease_until = '-infinity' where status is null`);
  }

  /** Waits for what is under way, and lets go of the database. */
  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all(this.#running.values());
    await this.pool.end();
  }

  async #attempt(command: string, fingerprint: Buffer, run: () => Promise<Ready>): Promise<Answered | undefined> {
    const mine = randomUUID();
    const { won, same, ready } = await this.#claims.add({ command, fingerprint, claim: mine });
    if (won) return { ready: await this.#first(command, mine, run), repeated: false };
    if (same === false) throw reused();
    return ready && { ready, repeated: true };
  }

  async #first(command: string, mine: string, run: () => Promise<Ready>): Promise<Ready> {
    let keep: Ready | undefined;
    try {
      const ready = await run();
      if (ready.status < 500) keep = ready;
      return ready;
    } finally {
      // Where this fails, the answer is no less true: a repeat is then told by the log.
      await this.#finished.add({ command, claim: mine, ready: keep }).catch(() => {});
    }
  }
}

const reused = () =>
  new HttpRefused({
    status: 422,
    code: 'idempotency-key.reused',
    text: {
      sv: 'Samma Idempotency-Key har redan använts till en annan begäran. Välj ett nytt värde för varje ny handling.',
      en: 'The same Idempotency-Key has been used for another request already. Choose a new value for each new action.',
    },
  });
