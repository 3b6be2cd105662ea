import type { Pool } from 'pg';
import type { Instant } from '#libs/kernel';
import { asFolded, sql, verbatim } from '#libs/views';
import { outbox, type OutboxRow } from './outbox.view.js';

/** A reminder whose mail is to go now. */
export type PendingMail = Pick<OutboxRow, 'reminder' | 'issuedBy' | 'corr' | 'issuedAt' | 'stream' | 'role' | 'unit' | 'attempts'> & {
  readonly tenant: string;
};

/** What is to be sent, over all tenants, as the view has it. The pool is the worker's, who alone may read over all tenants. */
export class PendingMails {
  constructor(private readonly pool: Pick<Pool, 'query'>) {}

  /** How many have not gone, whether or not their time has come, and when the oldest of them was issued. */
  async standing(): Promise<{ readonly pending: number; readonly oldest: Instant | undefined }> {
    const { rows } = await this.pool.query<{ pending: number; oldest: Instant | null }>({
      text: `select count(*)::integer as pending, min("issuedAt") as oldest from (select issued_at as "issuedAt" from views.${outbox.table}
        where until is null and broken is null and status in ('waiting', 'retrying')) pending`,
      types: asFolded,
    });
    return { pending: rows[0]?.pending ?? 0, oldest: rows[0]?.oldest ?? undefined };
  }

  /** Those that wait, and those to be tried again by now; the oldest first. A row in quarantine is left alone: it may have been sent. */
  async by(now: Instant, limit: number): Promise<readonly PendingMail[]> {
    const { text, values } = sql`
      select tenant, reminder, issued_by as "issuedBy", corr, issued_at as "issuedAt", stream, role, unit, attempts
      from views.${verbatim(outbox.table)}
      where until is null and broken is null and (status = 'waiting' or (status = 'retrying' and next_at <= ${now}))
      order by issued_at, reminder limit ${limit}`.toQuery();
    const { rows } = await this.pool.query<PendingMail>({ text, values: [...values], types: asFolded });
    return rows;
  }
}
