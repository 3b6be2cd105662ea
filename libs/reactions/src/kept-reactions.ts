import type { Pool } from 'pg';
import { START, type EventLog, type Position } from '#libs/event-log';
import { inTransaction, standsIn, type Footing, type Place } from '#libs/views';
import { placeIn } from './carry-reactions.js';
import { prepareReactions } from './schema.js';

/** How far a reaction had come: the last entry it had dealt with, by its place in its stream. Positions mean nothing in another log. */
export interface KeptReaction {
  readonly name: string;
  /** Null where it stood before the first entry. */
  readonly footing: Footing | null;
}

/** A command that was refused, as it is kept. */
export interface KeptDeadLetter {
  readonly reaction: string;
  readonly event: string;
  readonly target: string;
  readonly tenant: string;
  readonly code: string;
  readonly sv: string;
  readonly en: string;
  readonly at: string;
}

/** What reactions know that the log does not tell: it goes along where the log goes. */
export interface KeptReactions {
  readonly checkpoints: readonly KeptReaction[];
  readonly deadLetters: readonly KeptDeadLetter[];
}

/** Read before the log is: then each stands on an entry that is read too, and what it did since it does again, with no effect. */
export const keptReactions = async (pool: Pool): Promise<KeptReactions> => {
  const { rows } = await pool.query<{ there: boolean }>(`select to_regclass('views.dead_letters') is not null as there`);
  if (!rows[0]?.there) return { checkpoints: [], deadLetters: [] }; // no worker has run yet
  const checkpoints = await pool.query<KeptReaction>('select name, footing from views.reactions order by name');
  const deadLetters = await pool.query<KeptDeadLetter>(
    'select reaction, event, target, tenant, code, sv, en, at from views.dead_letters order by reaction, event, target',
  );
  return { checkpoints: checkpoints.rows, deadLetters: deadLetters.rows };
};

/**
 * Puts reactions where they stood, in a log that holds the same entries. One that is not among them begins when it is first run, as new.
 * @throws Error where the log does not hold what one of them stood on
 */
export const putReactions = async (pool: Pool, log: EventLog, { checkpoints, deadLetters }: KeptReactions): Promise<void> => {
  await prepareReactions(pool);
  const places = await Promise.all(checkpoints.map(async ({ name, footing }) => ({ name, footing, position: (await placeIn(log, name, footing)).toString() })));
  await inTransaction(pool, 'begin', async (client) => {
    await client.query('delete from views.reactions');
    await client.query(
      'insert into views.reactions (name, log, position, footing) select name, $2, position, footing from json_to_recordset($1::json) as p(name text, position bigint, footing jsonb)',
      [JSON.stringify(places), log.id],
    );
    await client.query(
      `insert into views.dead_letters (reaction, event, target, tenant, code, sv, en, at) select * from json_to_recordset($1::json)
        as l(reaction text, event uuid, target text, tenant text, code text, sv text, en text, at timestamptz) on conflict do nothing`,
      [JSON.stringify(deadLetters)],
    );
  });
};

/** Where a reaction stands in a log. */
export interface ReactionState {
  readonly name: string;
  /** `lost`, where it has followed another log, or the log no longer holds what it stood on: it stops when it is next run. */
  readonly state: 'new' | 'stands' | 'lost';
  readonly position: Position;
}

/** Where each of some reactions stands. */
export const reactionStates = async (pool: Pool, log: EventLog, names: readonly string[]): Promise<readonly ReactionState[]> => {
  const { rows: there } = await pool.query<{ there: boolean }>(`select to_regclass('views.reactions') is not null as there`);
  if (!there[0]?.there) return names.map((name) => ({ name, state: 'new', position: START }));
  const { rows } = await pool.query<Omit<Place, 'footing'> & { name: string; log: string; footing: Footing | null }>(
    `select name, log, position, footing, '{}'::json as clocks from views.reactions where name = any($1)`,
    [names],
  );
  const known = new Map(rows.map((row) => [row.name, row]));
  return Promise.all(
    names.map(async (name): Promise<ReactionState> => {
      const row = known.get(name);
      if (!row) return { name, state: 'new', position: START };
      const stands = row.log === log.id && (await standsIn(log, { ...row, footing: row.footing ?? undefined }));
      return { name, state: stands ? 'stands' : 'lost', position: row.position };
    }),
  );
};
