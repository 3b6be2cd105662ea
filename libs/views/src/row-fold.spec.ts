import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { day, derivedId, event, type Instant } from '#libs/kernel';
import { PlanAwaited, PlanGarbled, PlanReceived, plansView, PlanWithdrawn, UNIT } from '../spec/sample-plans.js';
import { checkGoldenRows, col, foldAll, happenedIn, rowView } from './index.js';

const plans = plansView();
const order = derivedId('order', 1);
const awaited = (on = '2026-02-16', orderId = order) => event(PlanAwaited, { orderId, unit: UNIT, dueOn: day(on) });
const received = (on = '2026-02-17') => event(PlanReceived, { orderId: order, receivedOn: day(on) });
const withdrawn = event(PlanWithdrawn, { orderId: order });
const garbled = event(PlanGarbled, { orderId: order });
const inOrder = (...events: Parameters<typeof happenedIn>[1][]) => happenedIn(`order-${order}`, ...events);

test('each change closes a version and opens the next', () => {
  expect(foldAll(plans, inOrder(awaited(), received()))).toMatchObject([
    { key: order, since: 1, until: 2, status: 'awaited', moves: 1 },
    { key: order, since: 2, until: null, status: 'received', late: true },
  ]);
});

test('a row that stays the same has no new version', () => {
  expect(foldAll(plans, inOrder(received()))).toEqual([]);
});

test('a row that is taken away ends, and may begin anew', () => {
  expect(foldAll(plans, inOrder(awaited(), withdrawn, awaited()))).toMatchObject([
    { since: 1, until: 2, moves: 1 },
    { since: 3, until: null, moves: 1 },
  ]);
});

test('a row whose fold throws is quarantined as it was, and later entries leave it alone', () => {
  expect(foldAll(plans, inOrder(awaited(), garbled, received()))).toMatchObject([
    { since: 1, until: 2, broken: null, status: 'awaited' },
    { since: 2, until: null, broken: derivedId('fact', 1), status: 'awaited' },
  ]);
});

test('a row that could never be made is quarantined by its key', () => {
  expect(foldAll(plans, inOrder(garbled))).toEqual([{ tenant: 'stockholm', key: order, since: 1, until: null, broken: derivedId('fact', 0) }]);
});

test('the same key in another tenant is another row', () => {
  const [mine] = inOrder(awaited());
  expect(foldAll(plans, [...inOrder(awaited()), { ...mine!, tenant: 'tyreso' }])).toMatchObject([
    { tenant: 'stockholm', until: null },
    { tenant: 'tyreso', until: null },
  ]);
});

test('recorded time is the running maximum of the tenant', () => {
  const [first, second] = inOrder(awaited(), awaited('2026-02-20'));
  const rows = foldAll(plans, [
    { ...first!, at: '2026-01-05T08:00:00.000Z' as Instant },
    { ...second!, at: '2026-01-04T08:00:00.000Z' as Instant },
  ]);
  expect(rows.map(({ seenAt }) => seenAt)).toEqual(['2026-01-05T08:00:00.000Z', '2026-01-05T08:00:00.000Z']);
});

const one = (columns: Parameters<typeof rowView>[0]['columns'], row: object) =>
  rowView({ name: 'one', version: 1, columns, reads: [PlanAwaited], keys: () => 'one', fold: () => row as never });

test.each([
  ['a uuid', col.uuid(), 'x'],
  ['text with U+0000', col.text(), 'a\u0000'],
  ['text with half a surrogate pair', col.text(), '\ud800'],
  ['no day', col.day(), '2026-02-30'],
  ['no instant', col.instant(), '2026-02-16'],
  ['half a number', col.int(), 0.5],
  ['a number of more than 32 bits', col.int(), 2 ** 31],
  ['something undefined', col.bool(), undefined],
  ['null where it is not optional', col.text(), null],
  ['JSON with U+0000', col.json(), { a: ['\u0000'] }],
  ['JSON null', col.json(), null],
])('a row that its column cannot hold is quarantined: %s', (_, column, value) => {
  const [row] = foldAll(one({ value: column }, { value }), inOrder(awaited()));
  expect(row?.broken).toBe(derivedId('fact', 0));
});

test('an optional column holds null', () => {
  expect(foldAll(one({ value: col.optional(col.day()) }, { value: null }), inOrder(awaited()))).toMatchObject([{ value: null, broken: null }]);
});

test('an event whose keys cannot be told quarantines a row named after its stream', () => {
  const keyless = rowView({
    name: 'keyless',
    version: 1,
    columns: {},
    reads: [PlanAwaited],
    keys: () => {
      throw new TypeError('which?');
    },
    fold: () => ({}),
  });
  expect(foldAll(keyless, inOrder(awaited(), awaited()))).toMatchObject([{ key: `order-${order}`, since: 1, until: null, broken: derivedId('fact', 0) }]);
});

test.each([
  ['Plans', {}],
  ['plans; drop', {}],
  ['plans', { since: col.int() }],
  ['plans', { 'a b': col.int() }],
])('a view or column cannot be called anything: %s', (name, columns) => {
  expect(() => rowView({ name, version: 1, columns, reads: [PlanAwaited], keys: () => [], fold: (row) => row })).toThrow(TypeError);
});

let folder: string | undefined;
afterEach(async () => {
  delete process.env.GOLDEN;
  if (folder !== undefined) await rm(folder, { recursive: true });
  folder = undefined;
});

test('another fold of the same version is told from the golden rows, and a raised version writes new ones', async () => {
  folder = await mkdtemp(join(tmpdir(), 'golden-'));
  const file = pathToFileURL(join(folder, 'plans.golden.json'));
  const facts = inOrder(awaited(), received());
  await expect(checkGoldenRows(plans, facts, file)).rejects.toThrow('no golden rows');
  process.env.GOLDEN = 'write';
  await checkGoldenRows(plans, facts, file);
  const changed = { ...plans, fold: (...args: Parameters<typeof plans.fold>) => ({ ...plans.fold(...args)!, moves: 7 }) };
  await expect(checkGoldenRows(changed, facts, file)).rejects.toThrow('Raise its version');
  delete process.env.GOLDEN;
  await checkGoldenRows(plans, facts, file);
  await expect(checkGoldenRows({ ...changed, version: 2 }, facts, file)).rejects.toThrow('no golden rows');
  process.env.GOLDEN = 'write';
  await checkGoldenRows({ ...changed, version: 2 }, facts, file);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ version: 2, rows: [{ moves: 7 }, { moves: 7 }] });
});
