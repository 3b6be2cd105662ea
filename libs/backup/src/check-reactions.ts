import type { Pool } from 'pg';
import type { EventLog } from '#libs/event-log';
import { keptReactions, reactionStates } from '#libs/reactions';
import type { Checked } from './checked.js';
import { Findings } from './findings.js';

/** Looks where each reaction stands: on an entry that the log holds. */
export const checkReactions = async (pool: Pool, log: EventLog, names: readonly string[]): Promise<Checked> => {
  const deviations = new Findings();
  const states = await reactionStates(pool, log, names);
  const { deadLetters } = await keptReactions(pool);
  const lost = states.filter(({ state }) => state === 'lost');
  for (const { name } of lost) deviations.add(`The reaction ${name} has followed another log, or one that was restored to an earlier day.`);
  const fresh = states.filter(({ state }) => state === 'new').length;
  const stand = states.length - fresh - lost.length;
  return {
    name: 'reactions',
    counted: `${stand} of ${states.length} reactions stand on an entry of the log, ${deadLetters.length} commands of theirs were refused`,
    numbers: { reactions: states.length, stand, new: fresh, refused: deadLetters.length },
    deviations,
    notes: fresh > 0 ? [`${fresh} reactions are new here and begin when a worker is next started.`] : [],
  };
};
