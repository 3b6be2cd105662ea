import { DatabaseError } from 'pg';
import { entryText, type Entry } from '#libs/kernel';
import { integerArray, textArray, utf8Array, uuidArray } from './binary-array.js';
import type { Position } from './event-log.js';
import type { Queries } from './queries.js';

/**
 * Puts a page of another log's entries into a log that is being filled, all of them or none (see `log.fill`).
 * @throws RangeError where one of them is there already, elsewhere
 */
export const fillPage = async (queries: Queries, after: Position, entries: readonly Entry[]): Promise<void> => {
  const filling = queries.rows({
    name: 'fill',
    text: 'select log.fill($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [
      after,
      textArray(entries.map(({ tenant }) => tenant)),
      textArray(entries.map(({ stream }) => stream)),
      integerArray(entries.map(({ rev }) => rev)),
      uuidArray(entries.map(({ id }) => id)),
      textArray(entries.map(({ type }) => type)),
      textArray(entries.map(({ at }) => at)),
      utf8Array(entries.map(entryText)),
    ],
  });
  await filling.catch((error: unknown) => {
    if (!(error instanceof DatabaseError && (error.constraint === 'events_id' || error.constraint === 'events_place'))) throw error;
    throw new RangeError(`It would hold an entry twice: ${error.detail}`, { cause: error });
  });
};
