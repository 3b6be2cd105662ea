import { EventStoreDBClient } from '@eventstore/db-client';
import type { EventStoreAddress } from './event-store-address.js';

/**
 * The client, with each append a call of its own. The batch stream keeps what is pending in one table for all clients of the process,
 * so that the loss of one connection fails another's appends and an answer that comes later, or twice, ends the process; a server that
 * ends it politely leaves its callers hanging; it heeds no deadline; and it asks for the server's abilities once, also where that fails.
 */
export class EventStoreClient extends EventStoreDBClient {
  protected override supports = () => Promise.resolve(false);

  /** Ends what it reads, and lets go of its connection when the calls under way are done. */
  close(): void {
    // Waits for ever for a stream whose reader left before its end; that each is told to end is enough.
    void this.dispose();
    // Where nobody was found to connect to there is nothing to close.
    void this.getChannel().then(
      (channel) => channel.close(),
      () => {},
    );
  }
}

/** Found anew by each call that fails, so it need not look long. */
const DISCOVERY = { maxDiscoverAttempts: 3, gossipTimeout: 1, nodePreference: 'leader' } as const;

export const openClient = ({ nodes, discover, tls, user, settings }: EventStoreAddress, name: string): EventStoreClient => {
  const [first] = nodes;
  if (!first) throw new RangeError('An EventStoreDB has at least one node.');
  const how = { connectionName: name, ...DISCOVERY, ...settings };
  const credentials = tls
    ? { ...(tls.ca && { rootCertificate: tls.ca }), ...(tls.certificate && tls.key && { userCertFile: tls.certificate, userKeyFile: tls.key }) }
    : { insecure: true };
  if (nodes.length > 1) return new EventStoreClient({ endpoints: [...nodes], ...how }, credentials, user);
  return discover ? new EventStoreClient({ discover: first, ...how }, credentials, user) : new EventStoreClient({ endpoint: first, ...how }, credentials, user);
};
