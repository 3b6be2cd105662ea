import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Pool } from 'pg';
import { Type } from 'typebox';
import { openPool } from '#libs/database';
import type { EventLog, Position } from '#libs/event-log';
import { addMilliseconds, derivedId, EventRegistry, eventType, type Entry, type Instant } from '#libs/kernel';
import { preparedDatabase, type PreparedDatabase } from '#libs/testing';
import { prepareViews, transaction, Views, type PageEntry } from '#libs/views';
import { SearchTrail, searchTrail, trailView } from './index.js';
import { MOST_COUNTED } from './search-trail.js';

/** Enough for several blocks of the tenant that has most. */
const COUNT = 40_000;
const FIRST = '2026-01-01T00:00:00.000Z' as Instant;
const Noted = eventType('Noted', { name: { sv: 'Antecknat', en: 'Noted' }, schema: 1, data: { words: Type.Array(Type.String()) } });
const Closed = eventType('Closed', { name: { sv: 'Stängt', en: 'Closed' }, schema: 1, data: { words: Type.Array(Type.String()) } });
const registry = new EventRegistry([Noted, Closed]);
const trail = trailView(registry);
const CASES = Array.from({ length: 700 }, (_, nth) => `case-${derivedId('case', nth)}`);
const ACTORS = Array.from({ length: 50 }, (_, nth) => derivedId('actor', nth));
const CMD = derivedId('cmd');
const UNITS = [derivedId('unit', 1), derivedId('unit', 2)] as const;

/** The words are spread in every way that a search may meet: everywhere, nowhere, thinly, only among the oldest, only in the middle, in runs. */
const wordsOf = (nth: number): readonly string[] => [
  'alltid',
  ...(nth % 3 === 0 ? ['tredje'] : []),
  ...(nth % 997 === 0 ? ['ibland'] : []),
  ...(nth < 12_000 ? ['gammal'] : []),
  ...(nth > 15_000 && nth < 17_000 ? ['mitten'] : []),
  ...(nth === 17 ? ['ensam'] : []),
  ...((nth >> 11) % 5 === 0 ? ['vågor'] : []),
];

const entryOf = (nth: number): Entry => ({
  v: 1,
  id: `00000000-0000-4000-8000-${nth.toString().padStart(12, '0')}`,
  tenant: nth % 10 === 0 ? 'tyreso' : 'stockholm',
  stream: CASES[nth % 700] ?? '',
  rev: Math.floor(nth / 700),
  type: nth % 4 === 0 ? 'Closed' : 'Noted',
  schema: 1,
  at: addMilliseconds(FIRST, nth * 1_000),
  by: { actor: nth % 1_000 === 3 ? 'seldom' : (ACTORS[nth % 50] ?? ''), role: nth % 5 === 0 ? 'auditor' : 'clerk', unit: UNITS[nth % 2 === 0 ? 0 : 1] },
  corr: 'c'.repeat(32),
  cmd: CMD,
  data: { words: wordsOf(nth) },
});
/** Positions with gaps, as other logs have them. */
const positionOf = (nth: number) => BigInt(nth * 7 + 1) as Position;

let database: PreparedDatabase;
let worker: Pool;
let api: Pool;
let views: Views;
const entries = Array.from({ length: COUNT }, (_, nth) => entryOf(nth));

beforeAll(async () => {
  database = await preparedDatabase();
  [worker, api] = [openPool(database.worker, { max: 2, name: 'spec' }), openPool(database.api, { max: 2, name: 'spec' })];
  await prepareViews(worker);
  for (const statement of trail.create) await worker.query(statement);
  const writer = trail.writer(worker);
  for (let from = 0; from < COUNT; from += 5_000) {
    const page = entries.slice(from, from + 5_000).map((entry, index): PageEntry => {
      const position = positionOf(from + index);
      return { stored: { position, text: '', entry }, recordedAt: entry.at, event: new Error('not read') };
    });
    const change = await writer.take(page);
    await transaction(worker, (client) => change?.write(client) ?? Promise.resolve());
  }
  for (const statement of trail.index) await worker.query(statement);
  const log = { id: derivedId('log'), head: () => Promise.resolve(0n) } as unknown as EventLog;
  views = new Views({ pool: api, log, views: [trail] });
}, 60_000);
afterAll(async () => {
  await Promise.all([worker.end(), api.end()]);
  await database.drop();
});

/** The same, by looking at every entry. */
const lookThrough = (tenant: string, query: SearchTrail, at: Position | undefined): readonly Entry[] =>
  entries.filter(
    (entry, nth) =>
      entry.tenant === tenant &&
      (at === undefined || positionOf(nth) <= at) &&
      (query.text ?? '').split(' ').every((word) => word === '' || (entry.data.words as readonly string[]).includes(word)) &&
      (query.actor === undefined || entry.by.actor === query.actor) &&
      (query.role === undefined || entry.by.role === query.role) &&
      (query.unit === undefined || entry.by.unit === query.unit) &&
      (query.type === undefined || entry.type === query.type) &&
      (query.stream === undefined || entry.stream === query.stream) &&
      (query.from === undefined || entry.at >= query.from) &&
      (query.to === undefined || entry.at <= query.to),
  );

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined, freq: 2 });
const when = fc.nat({ max: COUNT }).map((nth) => addMilliseconds(FIRST, nth * 1_000));
const questions = fc.record({
  text: maybe(fc.constantFrom('alltid', 'tredje', 'ibland', 'gammal', 'mitten', 'ensam', 'vågor', 'aldrig', 'tredje gammal', 'gammal mitten', 'vågor ibland')),
  actor: maybe(fc.constantFrom('seldom', derivedId('actor', 7), 'nobody')),
  role: maybe(fc.constantFrom('auditor', 'clerk')),
  unit: maybe(fc.constantFrom(...UNITS)),
  type: maybe(fc.constantFrom('Closed', 'Noted')),
  stream: maybe(fc.nat({ max: 710 }).map((nth) => `case-${derivedId('case', nth)}`)),
  from: maybe(when),
  to: maybe(when),
  limit: fc.integer({ min: 1, max: 30 }),
});

test('whatever is asked, what is found is what looking at every entry finds: the newest first, counted, page by page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('stockholm', 'tyreso'), questions, maybe(fc.nat({ max: COUNT }).map(positionOf)), async (tenant, asked, at) => {
      const query = Object.assign(new SearchTrail(), asked);
      const expected = lookThrough(tenant, query, at).toReversed();
      const found: string[] = [];
      let cursor: string | undefined;
      for (let pages = 0; pages < 4; pages++) {
        const page = await views.read(tenant, (read) => searchTrail(read, Object.assign(new SearchTrail(), asked, cursor === undefined ? {} : { cursor })), {
          at,
        });
        expect([page.total, page.more]).toEqual([Math.min(expected.length, MOST_COUNTED), expected.length > MOST_COUNTED]);
        found.push(...page.items.map(({ id }) => id));
        cursor = page.cursor;
        expect(cursor === undefined).toBe(found.length === expected.length);
        if (cursor === undefined) break;
      }
      expect(found).toEqual(expected.slice(0, found.length).map(({ id }) => id));
    }),
    { numRuns: 60 },
  );
}, 120_000);
