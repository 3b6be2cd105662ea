import { eventLogContract, eventStoreServer } from '#libs/testing';
import { eventStoreLog } from './index.js';

eventLogContract('EventStoreDB, by its test server', async () => {
  const server = await eventStoreServer();
  server.happens();
  return { log: () => eventStoreLog({ url: server.url }), close: () => server.close() };
});
