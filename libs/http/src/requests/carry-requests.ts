import type { Pool } from 'pg';
import { formatPosition, type EventLog, type Position } from '#libs/event-log';

/**
 * Lets answers that are kept for repeats stand when the log is moved: the position in each becomes the last one that was moved. A reader who
 * waits for that one sees what was answered, as by its own. May be done again.
 * @param pool of the role that owns what HTTP keeps, or of `uppsikt_api`
 * @param from the id of the log that was moved
 * @param end of the other log
 * @returns how many answers were changed
 */
export const carryRequests = async (pool: Pool, from: string, to: Pick<EventLog, 'id'>, end: Position): Promise<number> => {
  const { rowCount } = await pool.query(`update http.requests set body = regexp_replace(body, $1 || '\\.[0-9]+', $2, 'g') where body like '%' || $1 || '.%'`, [
    from,
    formatPosition(to.id, end),
  ]);
  return rowCount ?? 0;
};
