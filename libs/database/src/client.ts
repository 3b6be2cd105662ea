import { Client, types, type ClientConfig, type CustomTypesConfig } from 'pg';

const INT8 = 20;
/** `date`, `timestamp`, `timestamptz` */
const TIMES: readonly number[] = [1082, 1114, 1184];
type ParserOf = (oid: number, format?: string) => (text: string) => unknown;

/**
 * How values come in: `bigint` as BigInt; days and instants as the server's text, since a `Date` would move a day by the process's time zone.
 * Set for each client, since parsers of the whole process would change what other libraries read.
 */
const parserOf: ParserOf = (oid, format) => {
  if (oid === INT8) return BigInt;
  if (TIMES.includes(oid)) return (text) => text;
  return (types.getTypeParser as ParserOf)(oid, format);
};

/**
 * What every client of ours is set up with.
 * @param name shown by the server as `application_name`
 */
export const clientConfig = (url: string, name: string): ClientConfig => ({
  connectionString: url,
  application_name: name,
  types: { getTypeParser: parserOf as CustomTypesConfig['getTypeParser'] },
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  connectionTimeoutMillis: 10_000,
});

/** Does some work over a connection of its own, which is closed whatever comes of it. */
export const withClient = async <T>(url: string, name: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client(clientConfig(url, name));
  client.on('error', () => {}); // the query under way says it too; without a listener the process would end
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};
