import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventStoreServer, someEntries, someStream, type EventStoreServer } from '#libs/testing';
import { eventStoreLog, type EventLog } from './index.js';

// Every fault in every operation: what comes of it, and after how many calls. npm run test:faults shows the table.
const tenant = 'stockholm';
const patience = { patienceMs: 30_000, timeoutMs: 200, pauseMs: 10, watchMs: 100, lookMs: 600_000 };
/** Far beyond what each call is given: one that has not ended by then hangs. */
const HANGS_MS = 40_000;
let server: EventStoreServer;
/** Another node of the same cluster, which leads where the first is said not to. */
let leader: EventStoreServer;
let log: EventLog;
beforeEach(async () => {
  server = await eventStoreServer();
  leader = await eventStoreServer({ log: server.log });
  log = await eventStoreLog({ url: server.url, ...patience });
});
afterEach(async () => {
  await log.close();
  await server.close();
  await leader.close();
});

type Fault = Parameters<EventStoreServer['fail']>[1];
const faults: (() => Fault)[] = [
  () => ({ fault: 'silence' }),
  () => ({ fault: 'silence', applied: true }),
  () => ({ fault: 'late', ms: 50 }),
  () => ({ fault: 'late', ms: 400 }),
  () => ({ fault: 'duplicate' }),
  () => ({ fault: 'ok-without-reply' }),
  () => ({ fault: 'ok-without-reply', applied: true }),
  () => ({ fault: 'cut-short', after: 1 }),
  () => ({ fault: 'not-leader', port: leader.port }),
  () => ({ fault: 'unavailable' }),
  () => ({ fault: 'unavailable', applied: true }),
  () => ({ fault: 'unknown' }),
  () => ({ fault: 'unknown', applied: true }),
  () => ({ fault: 'internal', applied: true }),
  () => ({ fault: 'deadline-exceeded', applied: true }),
  () => ({ fault: 'aborted', applied: true }),
  () => ({ fault: 'wrong-revision' }),
];
const named = faults.map((fault, index) => {
  const { fault: name, ...how } = index === 8 ? { fault: 'not-leader' } : fault();
  return [[name, ...Object.entries(how).flat()].join(' '), fault] as const;
});

const OPERATIONS = ['append', 'append, thrice', 'stream', 'whole', 'head', 'subscription'] as const;
type Operation = (typeof OPERATIONS)[number];
const cells = new Map<string, Map<Operation, string>>();
const counted = { lost: 0, doubled: 0, hanging: 0 };
const COLUMN = 16;
afterAll(() => {
  const wide = Math.max(...named.map(([name]) => name.length)) + 2;
  const line = (first: string, rest: readonly string[]) =>
    `${first.padEnd(wide)}${rest
      .map((text) => text.padEnd(COLUMN))
      .join('')
      .trimEnd()}\n`;
  const rows = [...cells].map(([fault, of]) =>
    line(
      fault,
      OPERATIONS.map((operation) => of.get(operation) ?? ''),
    ),
  );
  const sum = Object.entries(counted).map(([what, count]) => `${what} ${count}`);
  process.stdout.write(
    `\n${line('fault (calls it took)', OPERATIONS)}${rows.join('')}${cells.size} faults in ${OPERATIONS.length} operations: ${sum.join(', ')}\n\n`,
  );
});

/** What became of a call under a fault: its outcome, and how many calls the server got for it. */
const cell = async <T>(
  fault: string,
  operation: Operation,
  kind: 'append' | 'read' | 'subscribe',
  call: () => Promise<T>,
  outcome: (result: T) => string,
): Promise<T> => {
  const of = cells.get(fault) ?? new Map<Operation, string>();
  cells.set(fault, of.set(operation, 'failed'));
  const calls = () => server.calls[kind] + leader.calls[kind];
  const before = calls();
  const result = await Promise.race([call(), pause(HANGS_MS, 'hanging' as const, { ref: false })]);
  if (result === 'hanging') {
    counted.hanging++;
    of.set(operation, 'hanging');
    throw new Error(`A call under ${fault} has not ended after ${HANGS_MS} ms.`);
  }
  of.set(operation, `${outcome(result)} (${calls() - before})`);
  return result;
};

/** Of what was acknowledged or must be there, what is not, and what is twice. */
const held = (ids: readonly string[], found: readonly string[]): string => {
  const lost = ids.filter((id) => !found.includes(id)).length;
  const doubled = found.length - new Set(found).size;
  counted.lost += lost;
  counted.doubled += doubled;
  return `${ids.length - lost} of ${ids.length}${doubled > 0 ? `, ${doubled} twice` : ''}`;
};

const idsOf = (stored: Awaited<ReturnType<EventLog['readStream']>>) => stored.map(({ entry }) => entry.id);

describe.each(named)('%s', (name, fault) => {
  /** Each fault was met, except where the first try was answered all the same; whoever is told of another leader goes there, and stays. */
  const allMet = (times = 1) => {
    const answered = ['late ms 50', 'duplicate', 'cut-short after 1', 'wrong-revision'].includes(name);
    if (name !== 'not-leader') expect(server.pending).toBe(answered ? times - 1 : 0);
  };

  test('of an append, once and thrice: it is stored once, and answered', async () => {
    for (const [times, operation] of [
      [1, 'append'],
      [3, 'append, thrice'],
    ] as const) {
      const stream = someStream();
      const entries = someEntries(tenant, stream, 2);
      const ids = entries.map(({ id }) => id);
      server.fail('append', ...Array.from({ length: times }, fault));
      const appended = await cell(
        name,
        operation,
        'append',
        () => log.append(tenant, stream, -1, entries),
        ({ outcome }) => (outcome === 'appended' ? held(ids, server.log.ids(`${tenant}.${stream}`)) : outcome),
      );
      expect(appended).toMatchObject({ outcome: 'appended', revision: 1 });
      expect(server.log.ids(`${tenant}.${stream}`)).toEqual(ids);
      expect((await log.readStream(tenant, stream)).at(-1)?.position).toBe(appended.outcome === 'appended' && appended.position);
      allMet(times);
    }
  });

  test('of a read: all of it comes', async () => {
    const stream = someStream();
    const entries = someEntries(tenant, stream, 3);
    const before = await log.head();
    await log.append(tenant, stream, -1, entries);
    const ids = entries.map(({ id }) => id);
    server.fail('read', fault());
    const ofStream = await cell(
      name,
      'stream',
      'read',
      () => log.readStream(tenant, stream),
      (stored) => held(ids, idsOf(stored)),
    );
    expect(idsOf(ofStream)).toEqual(ids);
    server.fail('read', fault());
    const ofAll = await cell(
      name,
      'whole',
      'read',
      () => log.readAll({ tenant }),
      (page) => held(ids, idsOf(page.entries)),
    );
    expect(idsOf(ofAll.entries)).toEqual(ids);
    server.fail('read', fault());
    const head = await cell(
      name,
      'head',
      'read',
      () => log.head(),
      (position) => (position > before ? 'found' : 'lost'),
    );
    expect(head).toBe(ofStream.at(-1)?.position);
    allMet();
  });

  test('of a subscription: it is made anew, once, and nothing is missed or seen twice', async () => {
    const after = await log.head();
    server.fail('subscribe', fault());
    const stream = someStream();
    const entries = someEntries(tenant, stream, 3);
    const ids = entries.map(({ id }) => id);
    await log.append(tenant, stream, -1, entries);
    const follow = async () => {
      const stop = new AbortController();
      const seen: string[] = [];
      for await (const page of log.subscribe({ after, signal: stop.signal })) {
        seen.push(...page.entries.map(({ entry }) => entry.id));
        if (seen.length >= ids.length) stop.abort();
      }
      return seen;
    };
    expect(await cell(name, 'subscription', 'subscribe', follow, (seen) => held(ids, seen))).toEqual(ids);
    allMet();
  });
});

test('nothing is lost, doubled or left hanging, counted over all of them', () => {
  expect(cells.size).toBe(named.length);
  expect(counted).toEqual({ lost: 0, doubled: 0, hanging: 0 });
});
