import type { ClientBase, Pool, QueryResult } from 'pg';

/**
 * A transaction that is not waited for to reach the disk: rows and checkpoint are lost together or not at all,
 * and what is lost in a crash is read from the log again.
 */
export const transaction = <T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> =>
  inTransaction(pool, 'begin; set local synchronous_commit = off', work);

/**
 * @param begin how the transaction begins; it may hold settings of its own, and a question
 * @param work is handed the last answer to what it began with
 */
export const inTransaction = async <T>(pool: Pool, begin: string, work: (client: ClientBase, begun: QueryResult) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  let lost: Error | undefined;
  try {
    const begun: QueryResult | QueryResult[] = await client.query(begin);
    const result = await work(client, Array.isArray(begun) ? (begun.at(-1) as QueryResult) : begun);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((fault: Error) => (lost = fault));
    throw error;
  } finally {
    client.release(lost);
  }
};
