import { isDeepStrictEqual } from 'node:util';
import { jsonEvent } from '@eventstore/db-client';
import { AddressRefused, eventStoreAddress, unusable } from './event-store-address.js';
import { EventStoreCalls, everything, typeOf } from './event-store-calls.js';
import type { EventStoreClient } from './event-store-client.js';

const ADMINS = '$admins';

/**
 * Makes the user that the log is kept by, and gives it what it needs and no more: it may read and append, and neither delete streams nor
 * change their metadata. The server is taken to be for this log alone. Again changes nothing but the password.
 * @param adminUrl an administrator's address of the server; @param url the log's, whose user and password are made
 * @throws AddressRefused in one sentence where that cannot be done
 */
export const prepareEventStore = async (adminUrl: string, url: string): Promise<void> => {
  const { user } = eventStoreAddress(url);
  if (!user) throw new AddressRefused('EVENTSTORE_URL names no user that could be made: esdb://name:password@host.');
  const address = eventStoreAddress(adminUrl);
  const { openClient } = await import('./event-store-client.js');
  const calls = new EventStoreCalls(() => openClient(address, 'uppsikt prepare'), { patienceMs: 20_000, timeoutMs: 3_000, pauseMs: 150 });
  try {
    await calls.call((client) => client.putUser(user.username, user.password));
    for (const { stream, type, data } of lists(user.username)) await put(calls, stream, type, data);
  } catch (error) {
    if (error instanceof AddressRefused)
      throw new AddressRefused('The EventStoreDB refuses the user of ADMIN_EVENTSTORE_URL, or it is no administrator.', { cause: error });
    throw unusable('ADMIN_EVENTSTORE_URL', error);
  } finally {
    await calls.close();
  }
};

/** Access lists, as the server keeps them: those of all streams that have none of their own, and of $all, which is read as a whole. */
const lists = (user: string) => {
  const both = [ADMINS, user];
  const admins = { $r: ADMINS, $w: ADMINS, $d: ADMINS, $mr: ADMINS, $mw: ADMINS };
  return [
    { stream: '$settings', type: 'update-default-acl', data: { $userStreamAcl: { ...admins, $r: both, $w: both, $mr: both }, $systemStreamAcl: admins } },
    { stream: '$$$all', type: '$metadata', data: { $acl: { $r: both } } },
  ];
};

const put = async (calls: EventStoreCalls, stream: string, type: string, data: Record<string, unknown>): Promise<void> => {
  const is = await calls.call((client, one) =>
    everything(client.readStream(stream, { fromRevision: 'end', direction: 'backwards', maxCount: 1 }), one).then(
      ([last]) => last?.event?.data,
      (error: unknown) => {
        if (typeOf(error) !== 'stream-not-found') throw error;
      },
    ),
  );
  if (isDeepStrictEqual(is, data)) return;
  const event = jsonEvent({ type, data });
  await calls.call((client: EventStoreClient) => client.appendToStream(stream, event, { expectedRevision: 'any', requiresLeader: true }));
};
