import { Pool } from 'pg';
import { clientConfig } from './client.js';

/**
 * So long an answer is waited for, in milliseconds, by whoever asks as a process does: the server ends a transaction of such a role sooner. Of a
 * server that lost its power, or a network that broke in the middle, nothing is heard: the system itself would wait for a quarter of an hour.
 */
export const ANSWER_MS = 35_000;

export interface PoolOptions {
  readonly max: number;
  readonly name: string;
  readonly timeoutMs?: number;
  readonly onError?: (error: Error) => void;
}

/**
 * A pool of connections. Days and instants come as text, `bigint` as BigInt.
 * @param name shown by the server as `application_name`
 * @param timeoutMs after how long a query is given up, and its connection with it: a network that broke in the middle says nothing
 * @param onError told of an idle connection that broke; the pool opens another. Without a listener the process would end.
 */
export const openPool = (url: string, { max, name, timeoutMs, onError = () => {} }: PoolOptions): Pool => {
  const pool = new Pool({ ...clientConfig(url, name), max, query_timeout: timeoutMs });
  pool.on('error', onError);
  // The pool does not listen to a client that is lent out; the query under way says what broke.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
};
