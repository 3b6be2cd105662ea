// Appends to an EventStoreDB by this log and by its bare client: what the log adds to what the client takes.
import { EventStoreDBClient } from '@eventstore/db-client';
import { eventStoreLog } from '#libs/event-log';
import { entry, onStreams } from './entries.js';
import { measure, print, type Way } from './measure.js';
import { withEventStore } from './server.js';

const IN_FLIGHT = (process.env.IN_FLIGHT ?? '1,16,64,512').split(',').map(Number);
const SECONDS = Number(process.env.SECONDS ?? 5);

const ours = async (url: string): Promise<Way> => {
  const log = await eventStoreLog({ url });
  const append = async (stream: string, rev: number) => {
    const { outcome } = await log.append('stockholm', stream, rev - 1, [entry(stream, rev)]);
    if (outcome !== 'appended') throw new Error(`Nobody else wrote to ${stream}, and yet there was a conflict.`);
  };
  return { name: 'this log', worker: onStreams(append), close: () => log.close() };
};

/** As its documentation has it: by the batch stream, or, with credentials, each by a call of its own. */
const bare = (url: string, name: string, how: { readonly credentials?: { readonly username: string; readonly password: string } }): Way => {
  const client = EventStoreDBClient.connectionString(url);
  const append = (stream: string, rev: number) => {
    const one = entry(stream, rev);
    const event = { id: one.id, type: one.type, contentType: 'application/json' as const, data: one, metadata: { $correlationId: one.corr } };
    return client.appendToStream(`stockholm.${stream}`, event, { expectedRevision: rev === 0 ? 'no_stream' : BigInt(rev - 1), ...how });
  };
  return { name, worker: onStreams(append), close: () => client.dispose() };
};

/** Each way on the same server in the same run. */
export const run = (): Promise<void> =>
  withEventStore(async (url) => {
    const alone = { credentials: { username: 'bench', password: 'bench' } };
    // A server that knows users would refuse those that the lone call needs in order to be one.
    const ways = [await ours(url), bare(url, 'bare client', {}), ...(process.env.EVENTSTORE_URL ? [] : [bare(url, 'bare client, call by call', alone)])];
    await measure(ways, { inFlight: 16, seconds: 2, turns: 1 }); // to warm up
    for (const inFlight of IN_FLIGHT) {
      const measured = await measure(ways, { inFlight, seconds: SECONDS, turns: 10 });
      print(`${inFlight} in flight`, measured);
      const [log, client] = measured;
      if (!log || !client) continue;
      const [time, cpu] = [client.rate / log.rate, log.cpu / client.cpu].map((ratio) => `${((ratio - 1) * 100).toFixed(0)} %`);
      console.log(`  added to what the bare client takes for an append: ${time} of time, ${cpu} of processor (${log.cpu.toFixed(0)} µs)`);
    }
    for (const way of ways) await way.close();
  });
