import type { Pool } from 'pg';
import type { EventLog, Position } from '#libs/event-log';
import type { Refusal } from '#libs/kernel';
import { transaction, type Seen } from '#libs/views';

/** Any constant will do; it only has to be the same for every release. */
const LOCK = 8_112;

const TABLES = `
create table if not exists views.reactions (
  name text primary key,
  log uuid not null,
  position bigint not null
);
create table if not exists views.dead_letters (
  reaction text not null,
  event uuid not null,
  target text not null,
  tenant text not null,
  code text not null,
  sv text not null,
  en text not null,
  at timestamptz not null default now(),
  primary key (reaction, event, target)
);`;

/** Makes the tables where they are not there yet; several processes may do it at once. */
export const prepareReactions = async (pool: Pool): Promise<void> => {
  await pool.query(`begin; select pg_advisory_xact_lock(${LOCK}); ${TABLES} commit`);
};

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

/** How far each reaction has come. One that is new begins at the head: what happened before it was thought of does not concern it. */
export class ReactionCheckpoints {
  constructor(
    private readonly pool: Pool,
    private readonly log: EventLog,
  ) {}

  /** @throws Error where the checkpoint stands in another log: what followed from that one cannot be told */
  async of(name: string): Promise<Position> {
    await this.pool.query('insert into views.reactions (name, log, position) values ($1, $2, $3) on conflict (name) do nothing', [
      name,
      this.log.id,
      (await this.log.head()).toString(),
    ]);
    const { rows } = await this.pool.query<{ log: string; position: Position }>('select log, position from views.reactions where name = $1', [name]);
    const [row] = rows;
    if (!row || row.log !== this.log.id)
      throw new Error(`The reaction ${name} stood in another log; restore its checkpoint, or remove it to begin at the head.`);
    return row.position;
  }

  /** Not waited for to reach the disk: what is lost in a crash is done again, with no effect. */
  async moved(name: string, position: Position): Promise<void> {
    await transaction(this.pool, (client) =>
      client.query({
        name: 'move_reaction',
        text: 'update views.reactions set position = $2 where name = $1 and position < $2',
        values: [name, position.toString()],
      }),
    );
  }

  /** Kept once, however often the command is refused. */
  async refused(name: string, { id, tenant }: Seen, target: string, { code, text }: Refusal): Promise<void> {
    await this.pool.query(
      'insert into views.dead_letters (reaction, event, target, tenant, code, sv, en) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing',
      [name, id, target, tenant, code, text.sv, text.en],
    );
  }

  /** Whether all of them have seen everything up to a position. */
  async have(names: readonly string[], position: Position): Promise<boolean> {
    const { rows } = await this.pool.query<{ behind: boolean }>('select count(*) < $3 as behind from views.reactions where name = any($1) and position >= $2', [
      names,
      position.toString(),
      names.length,
    ]);
    return rows[0]?.behind === false;
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    const { rows } = await this.pool.query<DeadLetter>(
      'select reaction, event, target, tenant, code, sv, en from views.dead_letters order by at, event, target',
    );
    return rows;
  }
}
