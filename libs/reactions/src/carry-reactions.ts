import type { Pool } from 'pg';
import { START, type EventLog, type Position } from '#libs/event-log';
import { positionIn, type Footing } from '#libs/views';
import { prepareReactions } from './schema.js';

/** Which reactions go on in the other log, and which stand in neither of the two and stay where they are. */
export interface CarriedReactions {
  readonly carried: readonly string[];
  readonly left: readonly string[];
}

interface Row {
  readonly name: string;
  readonly log: string;
  readonly footing: Footing | null;
}

/**
 * Lets each reaction go on where it stands when the log is moved: at the same entry, wherever the other log holds it. Else it would begin at
 * the end, and never react to what had come last. What is reacted to once more has no effect, and dead letters stay: they name entries.
 * May be done again.
 * @param pool of the role `uppsikt_worker`
 * @param from the id of the log that was moved
 * @throws Error where the other log does not hold an entry that a reaction stands on
 */
export const carryReactions = async (pool: Pool, from: string, to: EventLog): Promise<CarriedReactions> => {
  await prepareReactions(pool);
  const { rows } = await pool.query<Row>('select name, log, footing from views.reactions where log <> $1 order by name', [to.id]);
  const standing = rows.filter(({ log }) => log === from);
  for (const { name, footing } of standing) {
    const position = await placeIn(to, name, footing);
    // A process that follows the former log and moves it meanwhile moves it there alone: what it did since is done again.
    await pool.query('update views.reactions set log = $3, position = $4, footing = $5 where name = $1 and log = $2', [
      name,
      from,
      to.id,
      position.toString(),
      footing && JSON.stringify(footing),
    ]);
  }
  return { carried: standing.map(({ name }) => name), left: rows.filter(({ log }) => log !== from).map(({ name }) => name) };
};

/** Where a reaction goes on in a log. @throws Error where the log does not hold the entry that it stands on */
export const placeIn = async (log: EventLog, reaction: string, footing: Footing | null): Promise<Position> => {
  if (!footing) return START;
  const position = await positionIn(log, footing);
  if (position === undefined) throw new Error(`The reaction ${reaction} stands on ${footing.id} of ${footing.stream}, which log ${log.id} does not hold.`);
  return position;
};
