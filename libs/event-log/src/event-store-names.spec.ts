import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventStoreServer, someEntry, someStream, type EventStoreServer } from '#libs/testing';
import { AddressRefused, eventStoreLog, LogRefused, START, type EventLog } from './index.js';

let server: EventStoreServer;
const logs: EventLog[] = [];
const open = async (log?: string): Promise<EventLog> => {
  const opened = await eventStoreLog({ url: server.url, log });
  logs.push(opened);
  return opened;
};
const texts = async (log: EventLog) => (await log.readAll({ after: START })).entries.map(({ entry }) => entry.id);

beforeAll(async () => {
  server = await eventStoreServer();
});
afterAll(async () => {
  await Promise.all(logs.map((log) => log.close()));
  await server.close();
});

test('several logs of one server know nothing of each other', async () => {
  const [plain, first, second] = [await open(), await open('first'), await open('second')];
  expect(new Set([plain.id, first.id, second.id]).size).toBe(3);
  const stream = someStream();
  const placed = [plain, first, second].map((log) => ({ log, entry: someEntry('stockholm', stream, 0) }));
  for (const { log, entry } of placed) expect(await log.append('stockholm', stream, -1, [entry])).toMatchObject({ outcome: 'appended', revision: 0 });
  const entries = placed.map(({ entry }) => entry);
  expect(await Promise.all([plain, first, second].map(texts))).toEqual(entries.map(({ id }) => [id]));
  expect((await first.readStream('stockholm', stream)).map(({ entry }) => entry.id)).toEqual([entries[1]?.id]);
  const heads = await Promise.all([plain, first, second].map((log) => log.head()));
  expect(new Set(heads).size).toBe(3);
  const stop = new AbortController();
  for await (const page of second.subscribe({ after: START, signal: stop.signal })) {
    expect(page.entries.map(({ entry }) => entry.id)).toEqual([entries[2]?.id]);
    stop.abort();
  }
  await expect(first.readAll({ after: ((heads[2] ?? 0n) + 1_000_000n) as typeof START })).rejects.toThrow(LogRefused);
});

test('a log opened by its name again is the same', async () => {
  const [once, again] = [await open('named'), await open('named')];
  expect(again.id).toBe(once.id);
});

test.each(['', 'Stockholm', 'a-b', 'a.b', 'x'.repeat(41)])('%j is no name of a log', async (log) => {
  await expect(open(log)).rejects.toThrow(AddressRefused);
});
