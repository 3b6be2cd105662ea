import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Pool } from 'pg';
import { Type } from 'typebox';
import { openPool } from '#libs/database';
import { formatPosition, logMigrations, LogRefused, postgresLog, START, type EventLog, type Position } from '#libs/event-log';
import { EventRegistry, eventType, randomId, type Entry, type Instant } from '#libs/kernel';
import { preparedDatabase, someEntry, type PreparedDatabase } from '#libs/testing';
import { vaultMigrations } from '#libs/vault';
import { ViewRunner, Views } from '#libs/views';
import { SearchTrail, searchTrail, trailView } from './index.js';
import { positionAt, trailEntry } from './trail-entry.js';

const DeadlineMissed = eventType('DeadlineMissed', {
  name: { sv: 'Frist missad', en: 'Deadline missed' },
  schema: 1,
  data: { deadline: Type.String() },
  label: ({ deadline }) => (deadline === 'genomforandeplan' ? { sv: 'Genomförandeplan försenad', en: 'Genomförandeplan overdue' } : undefined),
});
const GenomförandeplanReceived = eventType('GenomförandeplanReceived', {
  name: { sv: 'Genomförandeplan mottagen', en: 'Genomförandeplan received' },
  schema: 1,
  data: { version: Type.Integer(), receivedOn: Type.String() },
});
const registry = new EventRegistry([DeadlineMissed, GenomförandeplanReceived]);
const trail = trailView(registry);

jest.setTimeout(30_000); // a machine that does much else besides is no fault of what is tested

let database: PreparedDatabase;
let worker: Pool;
let api: Pool;
let log: EventLog;
let views: Views;
let runner: ViewRunner;

beforeAll(async () => {
  database = await preparedDatabase([vaultMigrations, logMigrations]);
  worker = openPool(database.worker, { max: 4, name: 'spec' });
  api = openPool(database.api, { max: 4, name: 'spec' });
  log = await postgresLog({ url: database.worker });
  runner = new ViewRunner({ pool: worker, log, registry, views: [trail] });
  await runner.start();
  views = new Views({ pool: api, log, views: [trail] });
});
afterAll(async () => {
  await runner.stop();
  await log.close();
  await Promise.all([worker.end(), api.end()]);
  await database.drop();
});

let tenants = 0;
const someTenant = () => `town${tenants++}`;

/** Records one entry after the other, each in a stream of its own unless it names one, and waits for the trail. */
const record = async (tenant: string, ...changes: readonly Partial<Entry>[]): Promise<readonly Position[]> => {
  const positions: Position[] = [];
  for (const change of changes) {
    const stream = change.stream ?? `order-${randomId()}`;
    const entry = someEntry(tenant, stream, change.rev ?? 0, { ...change, stream });
    const result = await log.append(tenant, stream, entry.rev - 1, [entry]);
    if (result.outcome !== 'appended') throw new Error('conflict');
    positions.push(result.position);
  }
  await views.waitFor(positions.at(-1) ?? START, [trail]);
  return positions;
};
const missed = { type: 'DeadlineMissed', data: { deadline: 'genomforandeplan' } } as const;
const search = (tenant: string, query: Partial<SearchTrail>, at?: Position) =>
  views.read(tenant, (read) => searchTrail(read, Object.assign(new SearchTrail(), query)), { at });
const found = async (tenant: string, query: Partial<SearchTrail>) => (await search(tenant, query)).items.map(({ position }) => position);

describe('words', () => {
  test.each([
    'Genomförandeplan',
    'genomförandeplanen',
    'genomforandeplan',
    'GENOMFÖRANDEPLAN',
    'genomfo\u0308randeplan',
    'försenad',
    'försenade',
    'forsenad',
    'overdue',
    'DeadlineMissed',
    'missed',
    'genomf*',
    'forsenad genomförandeplan',
  ])('a missed deadline of a genomförandeplan is found by %s', async (text) => {
    const tenant = someTenant();
    const [, at] = await record(tenant, { type: 'GenomförandeplanReceived', data: { version: 1, receivedOn: '2026-01-01' } }, missed);
    expect(await found(tenant, { text, type: 'DeadlineMissed' })).toEqual([at]);
  });

  test('a word with å, ä or ö is not found by another word that is like it without them', async () => {
    const tenant = someTenant();
    const [far, får] = await record(tenant, { data: { animal: 'far' } }, { data: { animal: 'får' } });
    expect(await found(tenant, { text: 'får' })).toEqual([får]);
    expect(await found(tenant, { text: 'far' })).toEqual([får, far]);
  });

  test('ids, days, numbers and codes in the data, the role, the unit, the actor and the stream are found', async () => {
    const tenant = someTenant();
    const unit = randomId();
    const actor = randomId();
    const goal = randomId();
    const stream = `order-${randomId()}`;
    const data = { goals: [{ goal, size: 4711 }], receivedOn: '2026-02-16', code: 'awaiting-plan', dnr: '3.1.3-104/2020' };
    const [at] = await record(tenant, { stream, data, by: { actor, role: 'case-officer', unit } }, missed);
    for (const text of [
      goal,
      '4711',
      '2026-02-16',
      'awaiting-plan',
      'awaiting',
      '3.1.3-104/2020',
      unit,
      actor,
      stream,
      stream.slice(6),
      'case-officer',
      '2026-02*',
    ])
      expect([text, await found(tenant, { text })]).toEqual([text, [at]]);
    for (const text of ['2026-02-17', '471', 'awaiting-plans', randomId()]) expect([text, await found(tenant, { text })]).toEqual([text, []]);
  });

  test.each(["'", '\\', "it's", "'; drop table x; --", '*', '&|!():', '<->', '\\:*', "a'b:*"])(
    'what a person types is never read as a query: %s',
    async (text) => {
      const tenant = someTenant();
      await record(tenant, missed);
      expect((await search(tenant, { text })).total).toBeLessThanOrEqual(1);
    },
  );
});

describe('the trail', () => {
  test('shows entries that this release cannot read, by the name of their type', async () => {
    const tenant = someTenant();
    const [at] = await record(tenant, { type: 'BrandNewThing', schema: 7 });
    expect((await search(tenant, { text: 'brand thing' })).items).toMatchObject([{ position: at, type: 'BrandNewThing', schema: 7 }]);
  });

  test('shows everything of an entry but its personal parts', async () => {
    const tenant = someTenant();
    const caus = randomId();
    const instead = randomId();
    const basis = [randomId()];
    const entry = someEntry(tenant, `order-${randomId()}`, 0, {
      ...missed,
      caus,
      basis,
      by: { actor: 'timers', role: 'system', unit: randomId(), for: instead },
    });
    const [position] = await record(tenant, entry);
    const { id, stream, cmd, corr, by, at } = entry;
    expect(await views.read(tenant, (read) => trailEntry(read, id))).toEqual({
      position,
      number: 0,
      stream,
      rev: 0,
      type: 'DeadlineMissed',
      schema: 1,
      at,
      recorded: at,
      actor: 'timers',
      role: 'system',
      unit: by.unit,
      inSteadOf: instead,
      corr,
      caus,
      id,
      cmd,
      basis,
      data: missed.data,
    });
  });

  test("never shows another tenant's entries", async () => {
    const [mine, other] = [someTenant(), someTenant()];
    await record(other, missed);
    const [at] = await record(mine, missed);
    expect(await found(mine, { text: 'försenad' })).toEqual([at]);
  });

  test('does not search for a tenant that the session does not read for', async () => {
    await expect(
      views.read('stockholm', (read) => searchTrail({ tenant: 'tyreso', at: undefined, query: read.query.bind(read) } as never, new SearchTrail())),
    ).rejects.toThrow('does not read for that tenant');
  });

  test('gives the history of one stream, the newest first', async () => {
    const tenant = someTenant();
    const stream = `order-${randomId()}`;
    const [first, , second] = await record(tenant, { stream }, missed, { stream, rev: 1 });
    expect(await found(tenant, { stream })).toEqual([second, first]);
  });

  test('filters by actor, role, unit and type together', async () => {
    const tenant = someTenant();
    const by = { actor: randomId(), role: 'auditor', unit: randomId() };
    const [at] = await record(tenant, { by, ...missed }, { by }, { by: { ...by, role: 'clerk' }, ...missed }, { by: { ...by, unit: randomId() }, ...missed });
    expect(await found(tenant, { ...by, type: 'DeadlineMissed' })).toEqual([at]);
  });

  test('counts and pages: each entry once, the newest first, to the end', async () => {
    const tenant = someTenant();
    const positions = await record(tenant, ...Array.from({ length: 7 }, () => missed));
    const seen: Position[] = [];
    let cursor: string | undefined;
    do {
      const page = await search(tenant, { limit: 3, ...(cursor !== undefined && { cursor }) });
      expect(page).toMatchObject({ total: 7, more: false });
      seen.push(...page.items.map(({ position }) => position));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(positions.toReversed());
  });

  test('refuses a cursor that it never gave, and one that it gave on another log', async () => {
    await expect(search('stockholm', { cursor: 'abc' })).rejects.toThrow(LogRefused);
    await expect(search('stockholm', { cursor: '17' })).rejects.toThrow(LogRefused);
    await expect(search('stockholm', { cursor: formatPosition(randomId(), START) })).rejects.toThrow('This position belongs to another log');
  });
});

const at = (time: string) => ({ ...missed, at: `2026-03-01T${time}.000Z` as Instant });

describe('recorded time', () => {
  test('is the running maximum of the tenant, since clocks step back', async () => {
    const tenant = someTenant();
    await record(tenant, at('08:00:00'), at('07:00:00'), at('09:00:00'));
    const { items } = await search(tenant, {});
    expect(items.map(({ recorded }) => recorded.slice(11, 19))).toEqual(['09:00:00', '08:00:00', '08:00:00']);
  });

  test('tells the last position at or before an instant', async () => {
    const tenant = someTenant();
    const [, second, third] = await record(tenant, at('08:00:00'), at('07:00:00'), at('09:00:00'));
    const position = (time: string) => views.read(tenant, (read) => positionAt(read, at(time).at));
    expect(await position('07:59:59')).toBe(START);
    expect(await position('08:00:00')).toBe(second);
    expect(await position('08:59:59')).toBe(second);
    expect(await position('23:00:00')).toBe(third);
  });

  test('bounds a search by from, to and asOf, the bounds included', async () => {
    const tenant = someTenant();
    const [first, second, third] = await record(tenant, at('08:00:00'), at('09:00:00'), at('10:00:00'));
    expect(await found(tenant, { from: at('09:00:00').at })).toEqual([third, second]);
    expect(await found(tenant, { to: at('09:00:00').at })).toEqual([second, first]);
    expect((await search(tenant, {}, second)).items.map(({ position }) => position)).toEqual([second, first]);
    expect((await search(tenant, {}, second)).total).toBe(2);
  });
});
