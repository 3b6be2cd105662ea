import { eventStoreServer } from './event-store-server.js';

// A test server in a process of its own, for what is measured or tried against one: says its address in one line, and ends with its standard input.
const server = await eventStoreServer();
process.stdout.write(`${server.url}\n`);
process.stdin.resume();
process.stdin.once('end', () => void server.close());
