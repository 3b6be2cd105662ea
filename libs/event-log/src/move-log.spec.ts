import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { withClient } from '#libs/database';
import { entryText, randomId, type Entry } from '#libs/kernel';
import { eventStoreServer, preparedDatabase, someEntries, someEntry, someStream, type EventStoreServer, type PreparedDatabase } from '#libs/testing';
import { vaultMigrations } from '#libs/vault';
import {
  eventStoreLog,
  LogClosed,
  logMigrations,
  LogsDiffer,
  movingEventStoreLog,
  movingPostgresLog,
  MoveRefused,
  moveLog,
  postgresLog,
  START,
  stay,
  type EventLog,
  type Move,
  type Moved,
  type MoveProgress,
  type MovingLog,
  type Stored,
} from './index.js';

const PATIENCE = { patienceMs: 20_000, timeoutMs: 5_000, pauseMs: 10, lookMs: 200 };
let database: PreparedDatabase;
let another: PreparedDatabase;
let server: EventStoreServer;
let opened: EventLog[] = [];

beforeEach(async () => {
  [database, another, server] = await Promise.all([
    preparedDatabase([vaultMigrations, logMigrations]),
    preparedDatabase([vaultMigrations, logMigrations]),
    eventStoreServer(),
  ]);
  server.happens();
});
afterEach(async () => {
  await Promise.all(opened.map((log) => log.close()));
  opened = [];
  await Promise.all([database.drop(), another.drop(), server.close()]);
});

const kept = <L extends EventLog>(log: L): L => {
  opened.push(log);
  return log;
};
const postgres = async (of = database): Promise<MovingLog> => kept(await movingPostgresLog({ url: of.owner, name: 'move' }));
const eventStore = async (): Promise<MovingLog> => kept(await movingEventStoreLog({ url: server.url, ...PATIENCE }));
/** As a process of the service opens them. */
const served = async (): Promise<EventLog> => kept(await postgresLog({ url: database.worker }));
const servedFromEventStore = async (): Promise<EventLog> => kept(await eventStoreLog({ url: server.url, ...PATIENCE }));

const nothing = () => Promise.resolve();
const run = async (move: Omit<Move, 'carry'> & Partial<Pick<Move, 'carry'>>, seen: (progress: MoveProgress) => void = () => {}): Promise<Moved> => {
  const moving = moveLog({ carry: nothing, ...move });
  for (let step = await moving.next(); ; step = await moving.next()) {
    if (step.done) return step.value;
    seen(step.value);
  }
};
const all = async (log: EventLog): Promise<readonly Stored[]> => {
  const found: Stored[] = [];
  for (let after: Stored['position'] | undefined = START; after !== undefined;) {
    const { entries, next } = await log.readAll({ after });
    found.push(...entries);
    after = next;
  }
  return found;
};
const textsOf = async (log: EventLog) => (await all(log)).map(({ text }) => text);

/** Two municipalities whose objects are written to in turn, a few entries at a time. */
const fill = async (log: EventLog, appends: number): Promise<void> => {
  const streams = Array.from({ length: 7 }, (_, n) => ({ tenant: n % 3 ? 'stockholm' : 'tyreso', stream: someStream(), next: 0 }));
  for (let n = 0; n < appends; n++) {
    const one = streams[(n * 5) % 7];
    if (!one) continue;
    const count = 1 + (n % 3);
    const data = { ö: 'Genomförandeplan', nested: [{ b: 1, a: [n / 3] }], '10': 1, '2': 0 };
    await log.append(one.tenant, one.stream, one.next - 1, someEntries(one.tenant, one.stream, count, one.next, { data }));
    one.next += count;
  }
};

/** So many entries, a few thousand at once. */
const fillFast = (log: EventLog, appends: number): Promise<unknown> =>
  Promise.all(
    Array.from({ length: appends }, () => {
      const stream = someStream();
      return log.append('stockholm', stream, -1, someEntries('stockholm', stream, 15));
    }),
  );

describe('a log that is moved', () => {
  test('goes from PostgreSQL to EventStoreDB and on to another PostgreSQL: the same entries, byte by byte, in the same order', async () => {
    await fill(await served(), 60);
    const [first, second, third] = [await postgres(), await eventStore(), await postgres(another)];
    const texts = await textsOf(first);
    const there = await run({ source: first, target: second });
    expect(there).toMatchObject({ outcome: 'moved', entries: texts.length, put: texts.length, streams: 7 });
    expect([...there.tenants.values()].reduce((sum, count) => sum + count)).toBe(texts.length);
    expect(there.sha256.source).toBe(there.sha256.target);
    expect(await textsOf(second)).toEqual(texts);
    const on = await run({ source: second, target: third });
    expect(on).toMatchObject({ outcome: 'moved', entries: texts.length, sha256: there.sha256 });
    expect(await textsOf(third)).toEqual(texts);
  });

  test('comes back to where it was: what lies there already is compared and kept, and what was recorded meanwhile follows', async () => {
    await fill(await served(), 20);
    const [home, away] = [await postgres(), await eventStore()];
    const { entries } = await run({ source: home, target: away });
    const abroad = await servedFromEventStore();
    await fill(abroad, 10);
    const back = await run({ source: away, target: home });
    expect(back).toMatchObject({ outcome: 'moved', put: back.entries - entries });
    expect(await textsOf(home)).toEqual(await textsOf(away));
    const stream = someStream();
    expect(await (await served()).append('stockholm', stream, -1, [someEntry('stockholm', stream, 0)])).toMatchObject({ outcome: 'appended' });
    await expect(eventStoreLog({ url: server.url, ...PATIENCE })).rejects.toThrow(LogClosed);
  });

  test('is moved once: a second run compares, and says so', async () => {
    await fill(await served(), 10);
    const logs = { source: await postgres(), target: await eventStore() };
    const moved = await run(logs);
    await fill(await servedFromEventStore(), 5);
    expect(await run(logs)).toEqual({ ...moved, outcome: 'moved before', put: 0 });
  });

  test('may hold nothing', async () => {
    expect(await run({ source: await postgres(), target: await eventStore() })).toMatchObject({ outcome: 'moved', entries: 0 });
    expect(await (await servedFromEventStore()).head()).toBe(START);
  });
});

describe('a move that is broken off', () => {
  test('after any page goes on where the target ends', async () => {
    await fillFast(await served(), 160);
    const logs = { source: await postgres(), target: await eventStore() };
    for (const pages of [1, 2]) {
      const moving = moveLog({ ...logs, carry: nothing });
      for (let n = 0; n < pages; n++) await moving.next();
      await moving.return(undefined as never);
    }
    const there = (await all(logs.target)).length;
    expect(there).toBe(2_000);
    const moved = await run(logs);
    expect(moved).toMatchObject({ outcome: 'moved', put: moved.entries - there });
    expect(await textsOf(logs.target)).toEqual(await textsOf(logs.source));
  });

  test('in the middle of a page goes on there too', async () => {
    await fill(await served(), 30);
    const source = await postgres();
    const target = await eventStore();
    await target.become({ state: 'filling', other: source.id });
    const [first, second, third] = await all(source);
    await target.fill(
      START,
      [first, second, third].flatMap((one) => (one ? [one.entry] : [])),
    );
    expect(await run({ source, target })).toMatchObject({ outcome: 'moved', put: (await all(source)).length - 3 });
  });

  test('after the source was closed comes to its end, and carries over again what stands on positions', async () => {
    await fill(await served(), 10);
    const logs = { source: await postgres(), target: await eventStore() };
    const ends: unknown[] = [];
    await expect(run({ ...logs, carry: (end) => (ends.push(end), Promise.reject(new Error('killed'))) })).rejects.toThrow('killed');
    expect([await logs.source.state(), await logs.target.state()]).toEqual([
      { state: 'moved', other: logs.target.id },
      { state: 'filling', other: logs.source.id },
    ]);
    await expect(postgresLog({ url: database.worker })).rejects.toThrow(`The event log was closed when its entries were moved to log ${logs.target.id}.`);
    await expect(eventStoreLog({ url: server.url, ...PATIENCE })).rejects.toThrow(`The event log is being filled from log ${logs.source.id}`);
    expect(await run({ ...logs, carry: (end) => (ends.push(end), Promise.resolve()) })).toMatchObject({ outcome: 'moved', put: 0 });
    expect(ends).toEqual([await logs.target.head(), await logs.target.head()]);
  });

  test('by a signal ends after the page under way', async () => {
    await fillFast(await served(), 100);
    const logs = { source: await postgres(), target: await eventStore() };
    const stop = new AbortController();
    expect(await run({ ...logs, signal: stop.signal }, () => stop.abort())).toMatchObject({ outcome: 'stopped', entries: 1_000 });
    expect(await logs.source.state()).toEqual({ state: 'open' });
    expect(await run(logs)).toMatchObject({ outcome: 'moved' });
  });

  test('may be given up: the source is in use again, and a later move goes on with the target', async () => {
    const log = await served();
    await fill(log, 10);
    const logs = { source: await postgres(), target: await eventStore() };
    await expect(run({ ...logs, carry: () => Promise.reject(new Error('killed')) })).rejects.toThrow('killed');
    await expect(fill(log, 1)).rejects.toThrow(LogClosed);
    await stay({ ...logs, carry: nothing });
    await fill(log, 1);
    await expect(eventStoreLog({ url: server.url, ...PATIENCE })).rejects.toThrow(LogClosed);
    expect(await run(logs)).toMatchObject({ outcome: 'moved', put: 1 });
    await expect(stay({ ...logs, carry: nothing })).rejects.toThrow(MoveRefused);
  });
});

/** Appends until it may not, and tells what was acknowledged. */
const writing = async (log: EventLog): Promise<readonly Entry[]> => {
  const acknowledged: Entry[] = [];
  const one = async () => {
    for (;;) {
      const entry = someEntry('stockholm', someStream(), 0);
      await log.append(entry.tenant, entry.stream, -1, [entry]);
      acknowledged.push(entry);
      await pause(Math.random() * 10);
    }
  };
  for (const { reason } of (await Promise.allSettled(Array.from({ length: 8 }, one))) as PromiseRejectedResult[]) expect(reason).toBeInstanceOf(LogClosed);
  return acknowledged;
};

describe('a source that grows meanwhile', () => {
  test.each<[string, () => Promise<[EventLog[], MovingLog, MovingLog]>]>([
    ['PostgreSQL', async () => [[await served(), kept(await postgresLog({ url: database.api }))], await postgres(), await eventStore()]],
    ['EventStoreDB', async () => [[await servedFromEventStore(), await servedFromEventStore()], await eventStore(), await postgres()]],
  ])('loses nothing that was acknowledged, from %s', async (_, opens) => {
    const [processes, source, target] = await opens();
    const under = Promise.all(processes.map(writing));
    const moved = await run({ source, target });
    const acknowledged = (await under).flat();
    const there = new Set(await textsOf(target));
    expect(moved.outcome).toBe('moved');
    expect(acknowledged.length).toBeGreaterThan(0);
    const known = new Set((await all(target)).map(({ entry }) => entry.id));
    expect(acknowledged.filter(({ id }) => !known.has(id))).toEqual([]);
    expect(there.size).toBe(moved.entries);
  });

  test('is copied ahead, and stays in use', async () => {
    const log = await served();
    await fill(log, 10);
    const logs = { source: await postgres(), target: await eventStore() };
    expect(await run({ ...logs, ahead: true })).toMatchObject({ outcome: 'copied', entries: 19 });
    await fill(log, 4);
    expect(await run({ ...logs, ahead: true })).toMatchObject({ outcome: 'copied', put: 7 });
    await expect(eventStoreLog({ url: server.url, ...PATIENCE })).rejects.toThrow(LogClosed);
    expect(await run(logs)).toMatchObject({ outcome: 'moved', entries: 26, put: 0 });
  });

  test('on EventStoreDB: who has not looked since it was closed appends nothing to it, and it may be compared and moved back', async () => {
    const [idle, source, target] = [await servedFromEventStore(), await eventStore(), await postgres()];
    await fill(idle, 10);
    expect(await run({ source, target })).toMatchObject({ outcome: 'moved', entries: 19 });
    const entry = someEntry('stockholm', someStream(), 0);
    await expect(idle.append(entry.tenant, entry.stream, -1, [entry])).rejects.toThrow(LogClosed);
    expect(server.log.ids(`stockholm.${entry.stream}`)).toEqual([]);
    expect(await run({ source, target })).toMatchObject({ outcome: 'moved before', entries: 19 });
    expect(await run({ source: target, target: source })).toMatchObject({ outcome: 'moved', entries: 19, put: 0 });
  });

  test('on EventStoreDB: who could not reach it while it was closed does not append to it when tried again', async () => {
    const source = await eventStore();
    const node = await eventStoreServer({ log: server.log });
    const process = kept(await eventStoreLog({ url: node.url, ...PATIENCE }));
    await node.away();
    const entry = someEntry('stockholm', someStream(), 0);
    const trying = process.append(entry.tenant, entry.stream, -1, [entry]);
    trying.catch(() => {});
    await source.become({ state: 'moved', other: randomId() });
    await node.back();
    await expect(trying).rejects.toThrow(LogClosed);
    expect(server.log.ids(`stockholm.${entry.stream}`)).toEqual([]);
    await process.close();
    await node.close();
  });

  test('on EventStoreDB: who was answered too late to know is told nothing, and cannot find out by reading', async () => {
    const source = await eventStore();
    const process = await servedFromEventStore();
    const entry = someEntry('stockholm', someStream(), 0);
    server.fail('append', { fault: 'late', ms: 1_000 });
    const late = process.append(entry.tenant, entry.stream, -1, [entry]);
    late.catch(() => {});
    await source.become({ state: 'moved', other: randomId() });
    await expect(late).rejects.toThrow(LogClosed);
    await expect(process.readStream(entry.tenant, entry.stream)).rejects.toThrow(LogClosed);
  });
});

describe('what is refused', () => {
  test('a target that holds something else, and it stays in use', async () => {
    const [home, away] = [await served(), await servedFromEventStore()];
    await fill(home, 3);
    await fill(away, 3);
    const logs = { source: await postgres(), target: await eventStore() };
    await expect(run(logs)).rejects.toThrow(
      /^The target is not the beginning of the source: its entry 1 is \S+ \(order-\S+ of \w+, revision 0\), where the source holds/,
    );
    await fill(away, 1);
    await fill(home, 1);
  });

  test('a target that holds more than the source', async () => {
    const entry = someEntry('stockholm', someStream(), 0);
    for (const log of [await served(), await servedFromEventStore()]) await log.append(entry.tenant, entry.stream, -1, [entry]);
    await fill(await servedFromEventStore(), 1);
    await expect(run({ source: await postgres(), target: await eventStore() })).rejects.toThrow('after 1 entries the source ends');
  });

  test('a target that says something else of the same entry', async () => {
    const entry = someEntry('stockholm', someStream(), 0);
    await (await served()).append(entry.tenant, entry.stream, -1, [entry]);
    await (await servedFromEventStore()).append(entry.tenant, entry.stream, -1, [{ ...entry, data: { version: 2 } }]);
    await expect(run({ source: await postgres(), target: await eventStore() })).rejects.toThrow(`The logs differ in what they hold as entry 1, ${entry.id}`);
  });

  test('a target that was written to while it was filled', async () => {
    await fill(await served(), 10);
    const logs = { source: await postgres(), target: await eventStore() };
    await run({ ...logs, ahead: true });
    const intruder = someEntry('stockholm', someStream(), 0);
    await expect(logs.target.append(intruder.tenant, intruder.stream, -1, [intruder])).rejects.toThrow(LogClosed);
    // A release that does not look before it writes, or whoever else can.
    const { id, type } = intruder;
    const written = { id, type, contentType: 'application/json', data: Buffer.from(entryText(intruder)), metadata: new Uint8Array() };
    server.log.append(`stockholm.${intruder.stream}`, 'no_stream', [written]);
    await expect(run(logs)).rejects.toThrow(LogsDiffer);
    expect(await logs.source.state()).toEqual({ state: 'open' });
  });

  test('a source with a gap', async () => {
    const entry = someEntry('stockholm', someStream(), 1);
    await withClient(database.owner, 'spec', (client) =>
      client.query(`insert into log.events values (1, $1, $2, 1, $3, $4, $5, convert_to($6, 'UTF8'))`, [
        entry.tenant,
        entry.stream,
        entry.id,
        entry.type,
        entry.at,
        JSON.stringify(entry),
      ]),
    );
    await expect(run({ source: await postgres(), target: await postgres(another) })).rejects.toThrow(LogsDiffer);
  });

  test('an entry that the source holds twice, where the target can hold it once', async () => {
    const log = await servedFromEventStore();
    const entry = someEntry('stockholm', someStream(), 0);
    await log.append(entry.tenant, entry.stream, -1, [entry]);
    await log.append(entry.tenant, entry.stream, 0, [{ ...entry, rev: 1 }]);
    await expect(run({ source: await eventStore(), target: await postgres() })).rejects.toThrow(/^The target cannot hold what the source does\. .*twice/);
  });

  test('the same log, another successor, a log that is being filled, and one that fills from elsewhere', async () => {
    const [home, away, third] = [await postgres(), await eventStore(), await postgres(another)];
    await expect(run({ source: home, target: await postgres() })).rejects.toThrow('Source and target are the same log.');
    await run({ source: home, target: away, ahead: true });
    await expect(run({ source: away, target: third })).rejects.toThrow('The source is itself being filled');
    await expect(run({ source: third, target: away })).rejects.toThrow('The target is being filled from another log');
    await run({ source: home, target: away });
    await expect(run({ source: home, target: third })).rejects.toThrow(`The source was moved to log ${away.id} already`);
    await expect(run({ source: third, target: home })).rejects.toThrow(`The target was moved to another log, ${away.id}`);
  });

  test('a change of state by whoever does not own the log', async () => {
    for (const url of [database.worker, database.api]) {
      const log = kept(await movingPostgresLog({ url }));
      await expect(log.become({ state: 'moved', other: randomId() })).rejects.toThrow('permission denied');
      await expect(log.fill(START, [someEntry('stockholm', someStream(), 0)])).rejects.toThrow('permission denied');
    }
  });
});
