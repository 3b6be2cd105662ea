import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { certificateAuthority, eventStoreServer, someEntry, someStream, type EventStoreServer } from '#libs/testing';
import { AddressRefused, eventStoreLog, LogUnavailable, type EventLog } from './index.js';
import { after, bareProcess, reasonOf } from './naive-client.given.js';

// Fault by fault what a real server, and the source of its client, were seen to do: what becomes of a caller who takes the client as it comes, and
// of one who appends to the log. Certificates and passwords: event-store-tls.spec. A cluster, and nobody to be found: event-store-cluster.spec.
const tenant = 'stockholm';
const patience = { patienceMs: 40_000, timeoutMs: 300, pauseMs: 20 };
const servers: EventStoreServer[] = [];
const clients: EventStoreDBClient[] = [];
const logs: EventLog[] = [];
let server: EventStoreServer;
let bare: EventStoreDBClient;
let log: EventLog;
const started = async () => {
  const one = await eventStoreServer();
  servers.push(one);
  return one;
};
const connected = (url: string) => {
  const one = EventStoreDBClient.connectionString(url);
  clients.push(one);
  return one;
};
const opened = async (url: string, more: Partial<Parameters<typeof eventStoreLog>[0]> = {}) => {
  const one = await eventStoreLog({ url, ...patience, ...more });
  logs.push(one);
  return one;
};
beforeEach(async () => {
  server = await started();
  bare = connected(server.url);
  log = await opened(server.url);
});
afterEach(async () => {
  for (const one of logs.splice(0)) await one.close();
  // A client waits for ever for a call that hangs.
  for (const one of clients.splice(0)) void one.dispose();
  for (const one of servers.splice(0)) await one.close();
});

const one = () => jsonEvent({ type: 'Tried', data: {} });
const naively = (client = bare, stream = `naive-${someStream()}`) => client.appendToStream(stream, one(), { expectedRevision: 'no_stream' });
const append = (to = log) => {
  const entry = someEntry(tenant, someStream(), 0);
  return to.append(tenant, entry.stream, -1, [entry]);
};
const appended = { outcome: 'appended', revision: 0 };

describe('a server', () => {
  test('that is away is said to be at once, so that whoever tries again at once does nothing else; the log pauses, and waits for it', async () => {
    await naively();
    await append();
    await server.away();
    for (let tries = 0; tries < 50; tries++) expect(await reasonOf(naively())).toBeInstanceOf(Error);
    const appending = append();
    await pause(200);
    await server.back();
    expect(await appending).toMatchObject(appended);
    // The client works again, too; what it had subscribed to does not: event-store-naive-subscriptions.spec.
    expect(await naively()).toMatchObject({ success: true });
  });

  test('that is silent keeps a call of the client for 16 s, whatever deadline it was given; the log gives up in time, and finds out later', async () => {
    await naively();
    const impatient = await opened(server.url, { patienceMs: 400, timeoutMs: 100 });
    await append(impatient);
    server.pause();
    const hanging = bare.appendToStream(someStream(), one(), { expectedRevision: 'no_stream', deadline: 100 });
    expect(await after(1_000, hanging)).toBe('pending');
    const entry = someEntry(tenant, someStream(), 0);
    await expect(impatient.append(tenant, entry.stream, -1, [entry])).rejects.toThrow(LogUnavailable);
    server.resume();
    expect(await impatient.append(tenant, entry.stream, -1, [entry])).toMatchObject(appended);
    expect(server.log.ids(`${tenant}.${entry.stream}`)).toEqual([entry.id]);
    await reasonOf(hanging);
  });

  test('that is stopped politely says nothing for a while, then ends every call, whether it was done or not; the log finds out', async () => {
    await naively();
    await append();
    const before = server.calls.append;
    const ending = server.endPolitely(600);
    const streams = Array.from({ length: 3 }, () => `naive-${someStream()}`);
    const [, , unary = ''] = streams;
    const told = [
      ...streams.slice(0, 2).map((stream) => naively(bare, stream)),
      bare.appendToStream(unary, one(), { expectedRevision: 'no_stream', credentials: { username: 'nobody', password: 'asks' } }),
      Array.fromAsync(bare.readStream('any')),
    ].map(reasonOf);
    while (server.calls.append < before + streams.length) await pause(5);
    const entries = Array.from({ length: 6 }, () => someEntry(tenant, someStream(), 0));
    const appending = entries.map((entry) => log.append(tenant, entry.stream, -1, [entry]));
    const reading = log.head();
    await ending;
    for (const reason of await Promise.all(told)) expect(reason).toMatchObject({ type: 'unknown', code: 13, message: expect.stringContaining('RST_STREAM') });
    expect(new Set(streams.map((stream) => server.log.ids(stream).length))).toEqual(new Set([0, 1]));

    await server.back();
    expect(await naively()).toMatchObject({ success: true });
    expect(await Promise.all(appending)).toEqual(entries.map(() => expect.objectContaining(appended)));
    for (const { id, stream } of entries) expect(server.log.ids(`${tenant}.${stream}`)).toEqual([id]);
    expect(await reading).toBeGreaterThan(0n);
  });

  test.each(['unavailable', 'unknown', 'internal', 'aborted', 'deadline-exceeded'] as const)(
    'that answers %s has perhaps done what it was asked, and leaves it to the client’s caller; the log finds out',
    async (fault) => {
      for (const applied of [true, false]) {
        const stream = `naive-${someStream()}`;
        server.fail('append', { fault, applied });
        expect(await reasonOf(naively(bare, stream))).toBeInstanceOf(Error);
        expect(server.log.ids(stream)).toHaveLength(applied ? 1 : 0);
        server.fail('append', { fault, applied });
        expect(await append()).toMatchObject(appended);
      }
    },
  );

  test('that says a success at another revision is believed by the client; the log looks', async () => {
    server.fail('append', { fault: 'wrong-revision' });
    expect(await naively()).toMatchObject({ success: true, nextExpectedRevision: 7n });
    server.fail('append', { fault: 'wrong-revision' });
    expect(await append()).toMatchObject(appended);
  });

  test('that says who leads fails the call that it says it to; the log makes it again, where it was told to', async () => {
    const leader = await eventStoreServer({ log: server.log });
    servers.push(leader);
    const told = { fault: 'not-leader', port: leader.port } as const;
    server.fail('append', told);
    expect(await reasonOf(naively())).toMatchObject({ type: 'not-leader' });
    server.fail('append', told);
    expect(await append()).toMatchObject(appended);
    expect(leader.calls.append).toBeGreaterThan(0);
  });
});

describe('the batch stream of the client', () => {
  test('shares one table with those of all clients: what befalls one connection fails the appends of another; the logs do not', async () => {
    const other = await started();
    const [own, their] = [connected(server.url), connected(other.url)];
    await naively(own);
    await naively(their);
    const before = server.calls.append;
    // Were it answered after that, the answer would find nobody in the table, and end the process.
    server.fail('append', { fault: 'silence' });
    const waiting = reasonOf(naively(own));
    while (server.calls.append === before) await pause(5);
    other.fail('append', { fault: 'unavailable' });
    await reasonOf(naively(their));
    expect(await waiting).toMatchObject({ type: 'unavailable' });

    const theirs = await opened(other.url, { timeoutMs: 3_000 });
    const ours = await opened(server.url, { timeoutMs: 3_000 });
    const asked = server.calls.append;
    server.fail('append', { fault: 'late', ms: 300 });
    const appending = append(ours);
    while (server.calls.append === asked) await pause(5);
    other.fail('append', { fault: 'unavailable' });
    expect(await append(theirs)).toMatchObject(appended);
    expect(await appending).toMatchObject(appended);
    expect(server.calls.append).toBe(asked + 1);
  });

  test('that the server ends well leaves its appends hanging, and all that come after; the log’s begins another', async () => {
    await naively();
    server.fail('append', { fault: 'ok-without-reply' });
    const hanging = [naively()];
    expect(await after(300, hanging[0] ?? naively())).toBe('pending');
    hanging.push(naively());
    expect(await after(300, hanging[1] ?? naively())).toBe('pending');
    for (const applied of [false, true]) {
      server.fail('append', { fault: 'ok-without-reply', applied });
      expect(await append()).toMatchObject(appended);
    }
    expect(await append()).toMatchObject(appended);
  });

  test('that is answered twice ends the process of the client; the log drops the second answer', async () => {
    server.fail('append', { fault: 'duplicate' });
    expect(await bareProcess(server.url)).toContain('not iterable');
    server.fail('append', { fault: 'duplicate' });
    expect(await append()).toMatchObject(appended);
    expect(await append()).toMatchObject(appended);
  });

  test('is chosen by a question whose failure is remembered until there is another client; the log does not ask', async () => {
    server.fail('features', { fault: 'internal' });
    const fresh = connected(server.url);
    for (let n = 0; n < 3; n++) expect(await reasonOf(naively(fresh))).toMatchObject({ message: expect.stringContaining('RST_STREAM') });
    const before = server.calls.features;
    expect(await append(await opened(server.url))).toMatchObject(appended);
    expect(server.calls.features).toBe(before);
  });
});

describe('an address', () => {
  test('that says not to check certificates is printed, and checks them all the same; the log refuses it and says what to do', async () => {
    const printed = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const secure = await eventStoreServer({ tls: certificateAuthority().certify('node') });
    servers.push(secure);
    const url = `esdb://localhost:${secure.port}?tlsVerifyCert=false`;
    const careless = connected(url);
    expect(printed.mock.calls.flat().join(' ')).toContain('will have no effect');
    expect(await reasonOf(Array.fromAsync(careless.readStream('any')))).toMatchObject({ message: expect.stringContaining('certificate') });
    await expect(opened(url)).rejects.toThrow('which this client does not heed: name the authority by tlsCAFile');
    printed.mockRestore();
  });

  test('with a file that is not there is an error that does not say which; the log’s says by which option', async () => {
    const url = `esdb://localhost:${server.port}?tlsCAFile=/nowhere/ca.pem`;
    expect(() => EventStoreDBClient.connectionString(url)).toThrow('Failed to load certificate file. File was not found.');
    const refusing = opened(url);
    await expect(refusing).rejects.toThrow(AddressRefused);
    await expect(refusing).rejects.toThrow('by tlsCAFile');
  });
});
