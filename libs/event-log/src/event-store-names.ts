import { AddressRefused } from './event-store-address.js';

const LOG = /^[a-z0-9]{1,40}$/;

/**
 * What the streams of a log are called at the server: `stockholm.order-<uuid>`, and `x.stockholm.order-<uuid>` for a log that is named `x`,
 * of which a server may hold several beside the one without a name.
 */
export class ServerNames {
  readonly #prefix: string;
  readonly #own: RegExp;

  /** @throws AddressRefused for a name that no log can have */
  constructor(log?: string) {
    if (log !== undefined && !LOG.test(log))
      throw new AddressRefused(`EVENTSTORE_LOG_NAME is ${JSON.stringify(log)}; the name of a log has 1 to 40 characters, a to z and 0 to 9.`);
    this.#prefix = log === undefined ? '' : `${log}.`;
    this.#own = new RegExp(`^${this.#prefix.replace('.', '\\.')}[a-z0-9]+\\.[a-z][a-z-]*-[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$`);
  }

  /** Lies outside every tenant: no tenant's name holds a hyphen. Its first event says the log's own id. */
  get log(): string {
    return `${this.#prefix}uppsikt-log`;
  }

  /** The stream of the server that a stream of the log is kept in. */
  stream(tenant: string, stream: string): string {
    return `${this.#prefix}${tenant}.${stream}`;
  }

  /** Whether a stream of the server can be one of this log's. */
  holds(streamId: string): boolean {
    return this.#own.test(streamId);
  }
}
