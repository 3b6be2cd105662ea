import { Client, type QueryArrayConfig, type QueryArrayResult } from 'pg';
import { clientConfig } from './client.js';
import type { PoolOptions } from './pool.js';

/**
 * One connection on which a query is sent before the one before it was answered: the server turns to it at once, without waiting for us.
 * Each query is a transaction of its own. A connection that is lost fails what was under way on it; the next query opens another.
 */
export class Pipeline {
  #client: Promise<Client> | undefined;

  constructor(
    private readonly url: string,
    private readonly options: Omit<PoolOptions, 'max'>,
  ) {}

  async query<R extends unknown[]>(query: QueryArrayConfig): Promise<QueryArrayResult<R>> {
    const client = await (this.#client ??= this.#open());
    return client.query<R>(query);
  }

  /** Ends the connection once what was sent is answered. */
  async end(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    await client?.end();
  }

  #open(): Promise<Client> {
    const { name, timeoutMs, onError = () => {} } = this.options;
    const client = new Client({ ...clientConfig(this.url, name), query_timeout: timeoutMs, pipeline: true });
    const opened = client.connect().then(() => client);
    // Only if this is still the connection in use: the end of a lost one may be told after the next was opened.
    const lost = () => {
      if (this.#client === opened) this.#client = undefined;
    };
    client.on('error', onError);
    client.on('error', lost);
    client.on('end', lost);
    opened.catch(lost);
    return opened;
  }
}
