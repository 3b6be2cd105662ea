import { randomBytes } from 'node:crypto';
import { eventLogContract, eventStoreServer } from '#libs/testing';
import { eventStoreLog } from './index.js';

eventLogContract('EventStoreDB, by its test server', async () => {
  const server = await eventStoreServer();
  server.happens();
  return { log: () => eventStoreLog({ url: server.url }), close: () => server.close() };
});

const { EVENTSTORE_URL: url } = process.env;
if (url) {
  // Nothing is cleaned up there: a log of its own, and tenants and streams that nobody has.
  const log = `contract${randomBytes(8).toString('hex')}`;
  eventLogContract('the EventStoreDB of EVENTSTORE_URL', () =>
    Promise.resolve({ log: () => eventStoreLog({ url, log, excessRights: 'warn' }), close: () => Promise.resolve() }),
  );
}
