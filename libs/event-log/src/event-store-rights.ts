import { randomId } from '#libs/kernel';
import { LogUnavailable } from './event-log.js';
import { AddressRefused, type EventStoreAddress } from './event-store-address.js';
import { everything, typeOf, type Ask, type EventStoreCalls } from './event-store-calls.js';

/** Named as the log's streams are, and never written to: what the server's default list allows here it allows there. */
const PROBE = 'uppsikt.rights-00000000-0000-4000-8000-000000000000';
/** No stream has this revision, so that nothing is done where the right is there: the server looks at rights first. */
const NOWHERE = Number.MAX_SAFE_INTEGER;
const UNAUTHENTICATED = 16;
const SEE = 'docs/eventstoredb.md tells how';

/** What is to be said of them, in one sentence each. */
export interface Rights {
  /** The user may do what nobody should who records. */
  readonly excess?: string;
  /** It cannot be known. */
  readonly unknown?: string;
}

/**
 * Asks the server for what nobody should be able to do, at a revision that makes it come to nothing: what it says to that tells the rights
 * that count, wherever they come from, without reading the lists themselves, which only administrators may.
 * @throws AddressRefused where the user may not do what the log needs
 */
export const rightsOf = async (calls: EventStoreCalls, { tls, user }: EventStoreAddress): Promise<Rights> => {
  const who = user || tls?.certificate || !tls ? 'The user of EVENTSTORE_URL' : 'EVENTSTORE_URL names no user, and whoever comes without a name';
  const needs = { 'read $all': readsAll, 'append to streams': writes(PROBE), 'read metadata of streams': readsMetadata };
  for (const [what, attempt] of Object.entries(needs))
    if (!(await may(calls, attempt))) throw new AddressRefused(`${who} may not ${what} at the EventStoreDB: ${SEE} that is allowed.`);
  if (!tls) return { unknown: 'The EventStoreDB is reached without TLS and so knows no users: whoever reaches it can delete what is recorded.' };
  const rights = await Promise.all([may(calls, deletes), may(calls, writes(`$$${PROBE}`))]).catch((error: unknown) => {
    if (error instanceof LogUnavailable) return undefined;
    throw error;
  });
  if (!rights) return { unknown: 'The EventStoreDB did not say whether the user of EVENTSTORE_URL may delete what is recorded.' };
  const [deletion, metadata] = rights;
  const what = [deletion && 'delete streams', metadata && 'change their metadata'].filter((one) => one !== false).join(' and ');
  return what
    ? { excess: `The user of EVENTSTORE_URL may ${what} at the EventStoreDB, which nobody should who records there: ${SEE} that is taken away.` }
    : {};
};

const may = (calls: EventStoreCalls, attempt: Ask<unknown>): Promise<boolean> =>
  calls.call(async (client, one) => {
    try {
      await attempt(client, one);
      return true;
    } catch (error) {
      switch (typeOf(error)) {
        case 'access-denied':
          // Who is not known at all is refused whatever is asked for.
          if ((error as { code?: unknown }).code === UNAUTHENTICATED) throw error;
          return false;
        case 'wrong-expected-version':
        case 'stream-not-found':
          return true;
        default:
          throw error;
      }
    }
  });

const readsAll: Ask<unknown> = (client, one) => everything(client.readAll({ maxCount: 1 }), one);
const readsMetadata: Ask<unknown> = (client, one) => everything(client.readStream(`$$${PROBE}`, { maxCount: 1 }), one);
const writes =
  (name: string): Ask<unknown> =>
  (client, { signal }) => {
    const event = { id: randomId(), type: 'RightsAsked', data: Buffer.from('{}'), metadata: new Uint8Array() };
    return client.appendTo({ name, expected: NOWHERE, events: [event] }, signal);
  };
const deletes: Ask<unknown> = (client) => client.deleteStream(PROBE, { expectedRevision: BigInt(NOWHERE), requiresLeader: true });
