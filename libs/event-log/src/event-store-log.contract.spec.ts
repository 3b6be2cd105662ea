import { randomBytes } from 'node:crypto';
import { eventLogContract, eventStoreServer } from '#libs/testing';
import { eventStoreLog } from './index.js';

const { EVENTSTORE_URL: url } = process.env;

if (url) {
  const log = `contract${randomBytes(8).toString('hex')}`;
  eventLogContract('the EventStoreDB of EVENTSTORE_URL', () =>
    Promise.resolve({ log: () => eventStoreLog({ url, log, excessRights: 'warn' }), close: () => Promise.resolve() }),
  );
} else {
  eventLogContract('EventStoreDB, by its test server', async () => {
    const server = await eventStoreServer();
    server.happens();
    return { log: () => eventStoreLog({ url: server.url }), close: () => server.close() };
  });
}
