import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { day, type Instant } from '#libs/kernel';
import { AwaitedPlans } from './awaited-plans.query.js';
import { id, smallCity, who, type SmallCity } from './city.given.js';
import { NoteContact } from './note-contact.js';
import { OrderById } from './order-by-id.query.js';
import { OrderHistory } from './order-history.query.js';
import { ORDER_STATUSES } from './orders.view.js';
import { A, B, C, D, manager, neighbour, officer, sends, story } from './story.given.js';

type Row = Readonly<Record<string, unknown>> & { readonly orderId: string };
interface List {
  readonly total: number;
  readonly items: readonly Row[];
}

const owner = who('process-owner', 'Östermalm');
const stranger = who('case-officer', 'Tyresö');

const names = new Map([A, B, C, D].map((order, index) => [order, 'ABCD'[index]]));

/** For the whole story on a busy machine. */
const PATIENCE_MS = 60_000;

let city: SmallCity;
/** What was told after each step of the story, to be asked again when everything has happened. */
const told: { readonly at: Instant; readonly lists: unknown; readonly page: unknown; readonly history: unknown }[] = [];

const list = (said: Partial<AwaitedPlans> = {}, by = owner, tenant?: string) => city.ask<List>(new AwaitedPlans(), said, by, tenant);
const shown = async (said: Partial<AwaitedPlans> = {}, by = owner, tenant?: string) =>
  (await list(said, by, tenant)).items.map(({ orderId }) => names.get(orderId) ?? orderId);
const page = (orderId: string, said: Partial<OrderById> = {}, by = officer, tenant?: string) =>
  city.ask<Row>(new OrderById(), { orderId, ...said }, by, tenant);
const history = (orderId: string, said: Partial<OrderHistory> = {}, by = officer, tenant?: string) =>
  city.ask<List & { readonly cursor?: string; readonly more: boolean }>(new OrderHistory(), { orderId, ...said }, by, tenant);

const labels = (items: readonly Row[]) => items.map(({ label }) => (label as { readonly sv: string }).sv);

/** Everything that can be asked, now or as of then. */
const everything = async (asOf?: Instant) => {
  const then = asOf === undefined ? {} : { asOf };
  const lists: unknown[] = [];
  for (const status of ORDER_STATUSES) lists.push(await list({ status, ...then }));
  return { lists, page: await page(A, then), history: await history(A, then) };
};

beforeAll(async () => {
  city = await smallCity();
  city.at('2020-09-30T08:00:00.000Z');
  await sends(city, id('theirs'), '2020-09-30', 'Fritids', stranger, 'tyreso');
  for (const [moment, step] of story(city)) {
    const at = city.at(moment);
    await step();
    told.push({ at, ...(await everything()) });
  }
}, PATIENCE_MS);
afterAll(() => city.close());

test(
  'as of each moment the lists, the page and the history are what they were then',
  async () => {
    expect(told).toHaveLength(12);
    expect(new Set(told.map(({ lists }) => JSON.stringify(lists))).size).toBeGreaterThan(8);
    for (const { at, ...then } of told) expect({ at, ...(await everything(at)) }).toEqual({ at, ...then });
  },
  PATIENCE_MS,
);

test('before anything was recorded the list is empty, and there is no order', async () => {
  const asOf = '2020-09-30T07:00:00.000Z' as Instant;
  expect(await list({ asOf })).toEqual({ total: 0, items: [] });
  await expect(page(A, { asOf })).rejects.toMatchObject({ code: 'order.unknown' });
});

test('the list tells of each order which plan is awaited, from whom, by when, and how late it is', async () => {
  const { total, items } = await list({ asOf: '2020-10-17T08:00:00.000Z' as Instant });
  expect(total).toBe(4);
  expect(items[0]).toEqual({
    orderId: C,
    unit: id('Norrmalm'),
    unitName: 'Norrmalm',
    provider: id('Skolan'),
    providerName: 'Skolan',
    service: 'short-term-supervision',
    status: 'awaiting-plan',
    sentOn: '2020-09-18',
    dueOn: '2020-10-03',
    late: true,
    daysLate: 14,
  });
});

test('late first: by due day, whichever order was sent first', async () => {
  const then = { asOf: '2020-10-18T08:00:00.000Z' as Instant };
  const { items } = await list(then);
  expect(items.map(({ orderId, dueOn, late, daysLate }) => [names.get(orderId), dueOn, late, daysLate])).toEqual([
    ['C', '2020-10-03', true, 15],
    ['B', '2020-10-17', true, 1], // nothing has recorded it yet: its day has passed all the same
    ['D', '2020-10-20', false, 0],
    ['A', '2020-10-26', false, 0],
  ]);
});

test('an order that ended late is late by the days until its end, however long ago that was', async () => {
  expect((await list({ status: 'ended' })).items).toMatchObject([{ orderId: B, status: 'ended', dueOn: '2020-10-17', late: true, daysLate: 3 }]);
});

test('the list is narrowed by unit, provider and status, and by all of them', async () => {
  expect(await shown()).toEqual(['C', 'D', 'A']);
  expect(await shown({ unit: id('Norrmalm') })).toEqual(['C', 'D']);
  expect(await shown({ provider: id('Fritids') })).toEqual(['A']);
  expect(await shown({ provider: id('Skolan'), unit: id('Östermalm') })).toEqual([]);
  expect(await shown({ provider: id('Skolan'), unit: id('Östermalm'), status: 'ended' })).toEqual(['B']);
  expect(await shown({ status: 'received', asOf: '2020-10-10T08:00:00.000Z' as Instant })).toEqual(['A']);
});

test('pages follow one another, and each says how many there are in all', async () => {
  for (const [offset, expected] of [['C'], ['D'], ['A'], []].entries()) {
    expect(await shown({ limit: 1, offset })).toEqual(expected);
    expect((await list({ limit: 1, offset })).total).toBe(3);
  }
  expect((await list({ limit: 1, provider: id('Skolan') })).total).toBe(2);
});

test('officers and managers see the orders of their own unit alone, whatever they ask for', async () => {
  expect(await shown({}, officer)).toEqual(['A']);
  expect(await shown({}, neighbour)).toEqual(['C', 'D']);
  expect(await list({ limit: 1 }, manager)).toMatchObject({ total: 2, items: [{ orderId: C }] });
  expect(await list({ unit: id('Norrmalm') }, officer)).toEqual({ total: 0, items: [] });
});

test('whose role has nothing to do with orders is told so', async () => {
  for (const role of ['auditor', 'registrar', 'administrator'])
    await expect(list({}, who(role, 'Östermalm'))).rejects.toMatchObject({ code: 'role.not-allowed' });
});

test('nobody sees the orders of another municipality', async () => {
  expect(await shown({}, stranger, 'tyreso')).toEqual([id('theirs')]);
  expect(await shown({}, who('process-owner', 'Tyresö'), 'tyreso')).toEqual([id('theirs')]);
  await expect(page(A, {}, stranger, 'tyreso')).rejects.toMatchObject({ code: 'order.unknown' });
  await expect(history(A, {}, who('process-owner', 'Tyresö'), 'tyreso')).rejects.toMatchObject({ code: 'order.unknown' });
});

test('an order of another unit is as unknown as one that nobody sent', async () => {
  for (const orderId of [C, id('nobody’s')]) {
    await expect(page(orderId)).rejects.toMatchObject({ code: 'order.unknown' });
    await expect(history(orderId)).rejects.toMatchObject({ code: 'order.unknown' });
  }
});

test('the page opens what is sealed for the unit; the process owner, who follows the process, may not ask for it', async () => {
  expect(await page(A)).toMatchObject({
    status: 'awaiting-plan',
    unit: { id: id('Östermalm'), name: 'Östermalm' },
    provider: { id: id('Fritids'), name: 'Fritids' },
    serviceUser: { name: 'Alva Exempel' },
    goals: [{ overall: 'participation' }, { wording: 'Jag vill kunna laga mellanmål själv.' }],
    plans: [{ version: 1, reference: 'Journal 9/10', reviews: [{ note: 'Otydligt.' }], returned: { returnedOn: '2020-10-12', awaitedOn: '2020-10-28' } }],
    contacts: [{ contact: 'provider', note: 'Ringde om delmålet.' }],
    awaited: { dueOn: '2020-10-28', status: 'open', late: false },
  });
  await expect(page(A, {}, owner)).rejects.toMatchObject({ code: 'role.not-allowed' });
});

test('its etag is that of the last thing that a person recorded', async () => {
  const { etag } = await page(A);
  const { etag: before } = await page(A, { asOf: '2020-10-15T08:00:00.000Z' as Instant });
  const noted = await city.send(new NoteContact(), { orderId: B, contact: 'guardian', contactedOn: day('2020-10-06'), note: 'Ringde.' }, officer);
  expect((await page(B)).etag).toBe(noted.etag);
  expect(etag).toBeGreaterThan(before as number);
});

test('the history is everything that was recorded of the order, newest first, by the names people use', async () => {
  const { items, total } = await history(A);
  expect(labels(items)).toEqual([
    'Frist flyttad',
    'Väntad dag rättad',
    'Kontakt antecknad',
    'Frist satt',
    'Genomförandeplan återsänd för förtydligande',
    'Genomförandeplan granskad',
    'Det som väntades kom in',
    'Genomförandeplan mottagen',
    'Frist satt',
    'Beställning skickad',
  ]);
  expect(total).toBe(10);
  expect(items.at(-1)).toMatchObject({ type: 'ServiceOrderSent', actor: officer.actor, role: 'case-officer', at: '2020-10-01T08:00:00.000Z' });
  expect(JSON.stringify(items)).not.toMatch(/Alva|mellanmål|Otydligt|Ringde|Journal/);
});

test('a plan that became late is called so in it', async () => {
  expect(labels((await history(C, {}, neighbour)).items)).toContain('Genomförandeplan försenad');
});

test('the history goes on from page to page, and the process owner reads it too', async () => {
  const whole = (await history(A)).items;
  const pages: Row[] = [];
  for (let cursor: string | undefined, left = 5; left > 0; left--) {
    const { items, cursor: next, total } = await history(A, { limit: 3, ...(cursor !== undefined && { cursor }) }, owner);
    expect(total).toBe(10);
    pages.push(...items);
    cursor = next;
    if (cursor === undefined) break;
  }
  expect(pages).toEqual(whole);
});

test('what was erased is gone as of every moment; what happened is not', async () => {
  await city.erase(B);
  for (const asOf of [undefined, '2020-10-06T08:00:00.000Z' as Instant]) {
    expect(await page(B, asOf && { asOf })).toMatchObject({
      serviceUser: { erased: true },
      goals: [{ overall: 'participation' }, { wording: { erased: true } }],
    });
  }
  expect((await history(B)).total).toBeGreaterThan(4);
});
