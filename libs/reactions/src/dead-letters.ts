import type { Pool } from 'pg';
import type { Refusal } from '#libs/kernel';
import type { Happened } from './reaction.js';

/** A command that a reaction sent and that was refused: somebody has to look at it. */
export interface DeadLetter {
  readonly reaction: string;
  readonly event: string;
  readonly target: string;
  readonly tenant: string;
  readonly code: string;
  readonly sv: string;
  readonly en: string;
}

/** What was refused, until somebody has seen to it. */
export class DeadLetters {
  constructor(private readonly pool: Pool) {}

  /** Kept once, however often the command is refused; not by a process that was paused, since another has sent it meanwhile and knows better. */
  async keep(reaction: string, epoch: bigint, { id, tenant }: Happened, target: string, { code, text }: Refusal): Promise<void> {
    await this.pool.query(
      `insert into views.dead_letters (reaction, event, target, tenant, code, sv, en)
        select name, $3, $4, $5, $6, $7, $8 from views.reactions where name = $1 and epoch = $2 for share
        on conflict do nothing`,
      [reaction, epoch.toString(), id, target, tenant, code, text.sv, text.en],
    );
  }

  /** Targets of an event that refused: a second delivery must not find them in another mood. */
  async of(reaction: string, event: string): Promise<ReadonlySet<string>> {
    const { rows } = await this.pool.query<{ target: string }>('select target from views.dead_letters where reaction = $1 and event = $2', [reaction, event]);
    return new Set(rows.map(({ target }) => target));
  }

  async count(): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>('select count(*)::integer as count from views.dead_letters');
    return rows[0]?.count ?? 0;
  }

  async all(): Promise<readonly DeadLetter[]> {
    const { rows } = await this.pool.query<DeadLetter>(
      'select reaction, event, target, tenant, code, sv, en from views.dead_letters order by at, event, target',
    );
    return rows;
  }
}
