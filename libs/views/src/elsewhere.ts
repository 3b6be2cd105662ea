import { Client, Pool } from 'pg';
import { clientConfig } from '#libs/database';

type Ask = (this: Client, ...asked: unknown[]) => unknown;

/** Every statement of a view names what it means by `views.`; a value never stands in a statement, so nothing else is touched. */
const translated = (asked: unknown, schema: string): unknown => {
  const there = (text: string) => text.replaceAll(/\bviews\./g, `${schema}.`);
  if (typeof asked === 'string') return there(asked);
  const { text, ...rest } = asked as { text?: string };
  return text === undefined ? asked : { ...rest, text: there(text) };
};

const clientIn = (schema: string): new () => Client => {
  const ask = Reflect.get(Client.prototype, 'query') as unknown as Ask;
  class Elsewhere extends Client {}
  Object.defineProperty(Elsewhere.prototype, 'query', {
    value(this: Client, first: unknown, ...rest: unknown[]) {
      return ask.call(this, translated(first, schema), ...rest);
    },
  });
  return Elsewhere;
};

/**
 * A pool for which the views lie in another schema than `views`: what writes them and asks them does so there, and the tables that
 * everybody else uses are out of reach.
 * @param url of the role `uppsikt_worker`
 */
export const openPoolElsewhere = (schema: string, url: string, { max, name }: { readonly max: number; readonly name: string }): Pool => {
  // What is built there is read by nobody else, may take long, and is thrown away.
  const options = '-c transaction_timeout=0 -c synchronous_commit=off';
  const pool = new Pool({ ...clientConfig(url, name), max, options, Client: clientIn(schema) });
  pool.on('error', () => {}); // the query under way says it too
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
};
