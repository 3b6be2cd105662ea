import type { Pool, PoolClient } from 'pg';

/** A pool, and how many of its statements are still to fail: below none once one has passed. */
export interface FailingPool {
  readonly pool: Pool;
  readonly left: () => number;
}

type Ask = (...asked: unknown[]) => unknown;

/** A pool of which the next statements of a name fail in transactions, so many times, as where the connection breaks. */
export const failingPool = (pool: Pool, name: string, times: number): FailingPool => {
  let left = times;
  const fails = (asked: unknown) => (asked as { readonly name?: string }).name === name && left-- > 0;
  const failing = (client: PoolClient): Ask => {
    const ask = client.query.bind(client) as Ask;
    return (...asked) => (fails(asked[0]) ? Promise.reject(new Error('The connection was reset.')) : ask(...asked));
  };
  const connect = async () => {
    const client = await pool.connect();
    return { query: failing(client), release: client.release.bind(client) };
  };
  return { pool: { query: pool.query.bind(pool), connect } as unknown as Pool, left: () => left };
};
