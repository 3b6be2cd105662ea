import { Pool } from 'pg';
import { clientConfig } from './client.js';

/**
 * A pool of connections. Days and instants come as text, `bigint` as BigInt.
 * @param name shown by the server as `application_name`
 * @param onError told of an idle connection that broke; the pool opens another. Without a listener the process would end.
 */
export const openPool = (url: string, { max, name, onError = () => {} }: { max: number; name: string; onError?: (error: Error) => void }): Pool => {
  const pool = new Pool({ ...clientConfig(url, name), max });
  pool.on('error', onError);
  // The pool does not listen to a client that is lent out; the query under way says what broke.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
};
