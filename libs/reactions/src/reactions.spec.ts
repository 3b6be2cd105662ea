import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { created, Executor, ofTenant, system, type Context, type UseCase } from '#libs/commands';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog, type EventLog, type Position } from '#libs/event-log';
import {
  derivedId,
  event,
  EventRegistry,
  eventType,
  forbidden,
  IdType,
  instant,
  randomId,
  type Clock,
  type Entry,
  type EventOf,
  type Stream,
} from '#libs/kernel';
import { failingPool, preparedDatabase, someEntry, type PreparedDatabase } from '#libs/testing';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { col, Leases, rowView, sql, ViewRunner, Views } from '#libs/views';
import { reaction, ReactionLost, Reactions, type Reaction } from './index.js';

/** A small domain: wards are opened in a house; when a house closes, each of its wards is told. */
const Opened = eventType('WardOpened', {
  name: { sv: 'Avdelning öppnad', en: 'Ward opened' },
  schema: 1,
  data: { ward: IdType('The ward.'), house: IdType('Its house.') },
});
const Closed = eventType('HouseClosed', { name: { sv: 'Hus stängt', en: 'House closed' }, schema: 1, data: { house: IdType('The house.') } });
const Told = eventType('WardTold', { name: { sv: 'Avdelning underrättad', en: 'Ward told' }, schema: 1, data: {} });
type WardEvent = EventOf<typeof Opened> | EventOf<typeof Told> | EventOf<typeof Closed>;
type Ward = { readonly status: 'none' | 'open' };
const wards: Stream<Ward, WardEvent> = {
  name: 'ward',
  events: [Opened, Closed, Told],
  initial: { status: 'none' },
  evolve: (_, { type }) => ({ status: type === 'HouseClosed' ? 'none' : 'open' }),
};
const registry = new EventRegistry(wards.events);

class Open {
  id?: string;
  house!: string;
}
class Close {
  house!: string;
}
class Tell {
  ward!: string;
}
const may = [ofTenant('clerk'), system];
const opens: UseCase<Open, Ward, WardEvent, Record<never, never>> = {
  of: wards,
  id: created('ward', ({ id }) => id),
  may,
  decide: ({ house }, _state, given) => [event(Opened, { ward: given.id, house })],
};
const closes: UseCase<Close, Ward, WardEvent, Record<never, never>> = {
  of: wards,
  id: ({ house }) => house,
  may,
  decide: ({ house }) => [event(Closed, { house })],
};
/** Says something each time it is asked, so that a repeat that is not known as one shows. */
const tells: UseCase<Tell, Ward, WardEvent, Record<never, never>> = { of: wards, id: ({ ward }) => ward, may, decide: () => [event(Told, {})] };

const wardsView = rowView({
  name: 'wards',
  version: 1,
  columns: { house: col.uuid() },
  reads: [Opened],
  keys: ({ data }) => data.ward,
  fold: (_row, { data: { house } }) => ({ house }),
});

jest.setTimeout(30_000); // a machine that does much else besides is no fault of what is tested

let names = 0;
/** A reaction of its own for one test. */
const tellWards = (more: Partial<Pick<Reaction, 'from' | 'react'>> = {}): Reaction =>
  reaction({
    name: `tell-wards-${names++}`,
    on: [Closed],
    targets: ({ data: { house } }, asOf) =>
      asOf([wardsView], async (read) => (await read.list(wardsView, { where: sql`house = ${house}`, order: sql`key`, limit: 100 })).rows.map(({ key }) => key)),
    react: (_, ward) => Object.assign(new Tell(), { ward }),
    ...more,
  });

let database: PreparedDatabase;
let worker: Pool;
let api: Pool;
let log: EventLog;
let executor: Executor;
let runner: ViewRunner;
let views: Views;
let running: Reactions[] = [];

beforeAll(async () => {
  database = await preparedDatabase([vaultMigrations, logMigrations]);
  [worker, api] = [openPool(database.worker, { max: 6, name: 'spec' }), openPool(database.api, { max: 4, name: 'spec' })];
  log = await postgresLog({ url: database.worker });
  executor = new Executor(log, new Vault(new PostgresVault(api), new Keyring(Buffer.alloc(32, 7))), registry);
  runner = new ViewRunner({ pool: worker, log, registry, views: [wardsView] });
  await runner.start();
  views = new Views({ pool: api, log, views: [wardsView] });
});
afterEach(async () => {
  await Promise.all(running.map((reactions) => reactions.stop()));
  running = [];
});
afterAll(async () => {
  await runner.stop();
  await log.close();
  await Promise.all([worker.end(), api.end()]);
  await database.drop();
});

const now = instant('2026-02-16T08:00:00Z');
const clock: Clock = { now: () => now, real: false };
const unit = randomId();
const context = (): Context => ({ tenant: 'stockholm', by: { actor: 'clerk', role: 'clerk', unit }, commandId: randomId(), corr: 'c'.repeat(32), now });
const send = (command: object, by: Context): Promise<unknown> => executor.execute(tells, command as Tell, by);
const open = async (house: string) => (await executor.execute(opens, Object.assign(new Open(), { house }), context())).id;
const close = async (house: string) => (await executor.execute(closes, Object.assign(new Close(), { house }), context())).position as Position;
const toldOf = async (ward: string): Promise<readonly Entry[]> =>
  (await log.readStream('stockholm', `ward-${ward}`)).map(({ entry }) => entry).filter(({ type }) => type === 'WardTold');
const start = async (reactions: readonly Reaction[], more: Partial<ConstructorParameters<typeof Reactions>[1]> = {}): Promise<Reactions> => {
  const all = new Reactions(reactions, {
    pool: worker,
    log,
    registry,
    views,
    leases: new Leases(worker),
    clock,
    send,
    ...more,
  });
  running.push(all);
  await all.start();
  return all;
};
const settled = (reactions: Reactions, position: Position) => reactions.settled(position, AbortSignal.timeout(10_000));

test('what an event causes in other streams is commanded once for each, by an id that follows from it, in its chain', async () => {
  const house = randomId();
  const inHouse = [await open(house), await open(house)].toSorted();
  const elsewhere = await open(randomId());
  const telling = tellWards();
  const reactions = await start([telling]);
  const position = await close(house);
  await settled(reactions, position);
  const [cause] = await log.readStream('stockholm', `ward-${house}`);
  for (const [index, ward] of inHouse.entries()) {
    expect(await toldOf(ward)).toMatchObject([
      {
        cmd: derivedId(cause?.entry.id ?? '', telling.name, ward, index),
        caus: cause?.entry.id,
        corr: cause?.entry.corr,
        by: { actor: 'reactions', role: 'system', unit },
      },
    ]);
  }
  expect(await toldOf(elsewhere)).toEqual([]);
});

test('the same event delivered again has no further effect', async () => {
  const house = randomId();
  const ward = await open(house);
  const telling = tellWards();
  let reactions = await start([telling]);
  const position = await close(house);
  await settled(reactions, position);
  await reactions.stop();
  await worker.query('update views.reactions set position = 0, footing = null where name = $1', [telling.name]);
  reactions = await start([telling]);
  await settled(reactions, position);
  expect(await toldOf(ward)).toHaveLength(1);
});

test('objects that came later are not concerned: targets are those of that moment', async () => {
  const house = randomId();
  const before = await open(house);
  const position = await close(house);
  const after = await open(house);
  await settled(await start([tellWards({ from: 'start' })]), position);
  expect(await toldOf(before)).toHaveLength(1);
  expect(await toldOf(after)).toEqual([]);
});

test('a new reaction begins at the end of the log', async () => {
  const house = randomId();
  const ward = await open(house);
  const position = await close(house);
  await settled(await start([tellWards()]), position);
  expect(await toldOf(ward)).toEqual([]);
});

test('a rebuild of the views runs none', async () => {
  const house = randomId();
  const ward = await open(house);
  const reactions = await start([tellWards()]);
  const position = await close(house);
  await settled(reactions, position);
  await runner.stop();
  await worker.query('drop table views.wards_1 cascade; delete from views.checkpoints');
  runner = new ViewRunner({ pool: worker, log, registry, views: [wardsView] });
  await runner.start();
  await views.waitFor(position, [wardsView]);
  const head = await log.head();
  await settled(reactions, head);
  expect(await toldOf(ward)).toHaveLength(1);
  expect(await log.head()).toBe(head);
});

test('a refused command is kept as a dead letter, once, and the others go on', async () => {
  const house = randomId();
  const [first, second] = [await open(house), await open(house)].toSorted() as [string, string];
  let sent = 0;
  const refusing = async (command: object, by: Context) => {
    sent++;
    if ((command as Tell).ward === first) throw forbidden('ward.deaf', { sv: 'Avdelningen hör inte.', en: 'The ward does not hear.' });
    return send(command, by);
  };
  const telling = tellWards();
  let reactions = await start([telling], { send: refusing });
  const position = await close(house);
  await settled(reactions, position);
  const kept = [{ reaction: telling.name, target: first, tenant: 'stockholm', code: 'ward.deaf', sv: 'Avdelningen hör inte.', en: 'The ward does not hear.' }];
  expect((await reactions.deadLetters()).filter(({ target }) => target === first)).toMatchObject(kept);
  expect(await toldOf(second)).toHaveLength(1);
  await reactions.stop();
  await worker.query('update views.reactions set position = 0, footing = null where name = $1', [telling.name]);
  reactions = await start([telling]);
  await settled(reactions, position);
  expect(await toldOf(first)).toEqual([]);
  expect((await reactions.deadLetters()).filter(({ target }) => target === first)).toMatchObject(kept);
  expect(sent).toBe(2);
});

test('any other failure is told and tried again until it succeeds; what was done before has no second effect', async () => {
  const house = randomId();
  const [first, second] = [await open(house), await open(house)].toSorted() as [string, string];
  const faults: unknown[] = [];
  let failing = 2;
  const flaky = (command: object, by: Context) =>
    (command as Tell).ward === second && failing-- > 0 ? Promise.reject(new Error('not now')) : send(command, by);
  const reactions = await start([tellWards()], { send: flaky, fault: (error) => void faults.push(error) });
  await settled(reactions, await close(house));
  expect(faults).toHaveLength(2);
  expect([await toldOf(first), await toldOf(second)].map(({ length }) => length)).toEqual([1, 1]);
});

test('one that fails does not hold up the others', async () => {
  const house = randomId();
  const ward = await open(house);
  const failing = tellWards({
    react: () => {
      throw new TypeError('never');
    },
  });
  const telling = tellWards();
  await start([failing]);
  const reactions = await start([telling]);
  await settled(reactions, await close(house));
  expect(await toldOf(ward)).toHaveLength(1);
});

test('a log that it has not followed stops it, aloud: what followed from the other one cannot be told', async () => {
  const telling = tellWards();
  const first = await start([telling]);
  await settled(first, await close(randomId()));
  await first.stop();
  await worker.query('update views.reactions set log = $2 where name = $1', [telling.name, randomId()]);
  const { promise, resolve } = Promise.withResolvers<unknown>();
  await start([telling], { fault: resolve });
  expect(await promise).toBeInstanceOf(ReactionLost);
});

/** Another process, which has only the database to go by. */
const elsewhere = (telling: Reaction) => new Reactions([telling], { pool: worker, log, registry, views, leases: new Leases(worker), clock, send });

test('how far one has come is known to all again when the database has lost it, though nothing more is recorded', async () => {
  const house = randomId();
  const ward = await open(house);
  const telling = tellWards();
  const [reactions, other] = [await start([telling], { lookEveryMs: 100 }), elsewhere(telling)];
  const position = await close(house);
  await settled(reactions, position);
  const head = await log.head();
  await settled(other, head);
  await worker.query('update views.reactions set position = 0, footing = null where name = $1', [telling.name]);
  await settled(other, head);
  expect(await toldOf(ward)).toHaveLength(1);
  await settled(reactions, head);
});

test('how far one has come is said again where it could not be written, though nothing more is recorded', async () => {
  const telling = tellWards();
  const { pool, left } = failingPool(worker, 'move_reactions', 2);
  await start([telling], { pool, lookEveryMs: 3_600_000 });
  await settled(elsewhere(telling), await close(randomId()));
  expect(left()).toBeLessThan(0);
});

test('two cannot share a name', () => {
  const telling = tellWards();
  expect(() => new Reactions([telling, telling], {} as never)).toThrow(TypeError);
});

// The last: the view of this file halts at what it records.
test('what only a newer release can read is not gone past: that release may react to it', async () => {
  const Moved = eventType('HouseMoved', { name: { sv: 'Hus flyttat', en: 'House moved' }, schema: 1, data: { house: IdType('The house.') } });
  const [old, newer] = [registry, new EventRegistry([...wards.events, Moved])];
  const name = `moved-${names++}`;
  const faults: unknown[] = [];
  const one = await start([{ ...tellWards(), name }], { registry: old, fault: (error) => void faults.push(error) });
  const [house, ward] = [randomId(), randomId()];
  const entry = { ...someEntry('stockholm', `ward-${house}`, 0), type: 'HouseMoved', schema: 1, data: { house } };
  await log.append('stockholm', `ward-${house}`, -1, [entry]);
  const position = await log.head();
  while (
    faults.length === 0 &&
    !(await one.settled(position, AbortSignal.timeout(50)).then(
      () => true,
      () => false,
    ))
  )
    await pause(5);
  await one.stop();
  const targets = () => [ward];
  const two = await start([{ ...tellWards(), name, on: new Set(['HouseMoved']), targets }], { registry: newer });
  await settled(two, position);
  expect(await toldOf(ward)).toHaveLength(1);
});
