import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BO, gate, UNIT } from './http.samples.js';
import { serveSample, type Asked, type Served } from './served.samples.js';

let served: Served;
beforeAll(async () => {
  served = await serveSample();
});
afterAll(() => served.close());

const ending = (orderId: string, endedOn = '2026-11-20') => ({ orderId, endedOn });
const endAll = (orders: readonly string[], asked: Asked = {}) =>
  served.post('/api/v1/orders/endings', { body: { items: orders.map((id) => ending(id)) }, ...asked });
const sent = (count: number) => Promise.all(Array.from({ length: count }, () => served.sendOrder()));

interface Answer {
  readonly done: number;
  readonly refused: number;
  readonly position?: string;
  readonly items: readonly { readonly object: string; readonly done: boolean; readonly position?: string; readonly problem?: { readonly code: string } }[];
}
const answerOf = ({ json }: { readonly json: unknown }) => json as Answer;

test('each of many has an outcome of its own, in the order they were sent; one that is refused stops no other', async () => {
  const [first, ended, last] = await sent(3);
  await served.endOrder(ended!);
  const told = await endAll([first!, ended!, UNIT, last!]);
  const { done, refused, position, items } = answerOf(told);
  expect([told.status, done, refused]).toEqual([200, 2, 2]);
  expect(items.map(({ object, problem }) => [object, problem?.code])).toEqual([
    [first, undefined],
    [ended, 'order.ended'],
    [UNIT, 'order.unknown'],
    [last, undefined],
  ]);
  expect(items.map((item) => item.position)).toContain(position);
});

test('a repeat does nothing twice and is answered as the first was', async () => {
  const orders = await sent(20);
  const [first, second] = [await endAll(orders, { key: 'all' }), await endAll(orders, { key: 'all' })];
  expect(answerOf(first)).toMatchObject({ done: 20, refused: 0 });
  expect([second.text, second.headers.get('idempotent-replayed')]).toEqual([first.text, 'true']);
});

test('where it is not known what came of one, the whole is tried again: what was done stays done', async () => {
  const [order] = await sent(1);
  gate.fault = new Error('The database is away.');
  const failed = await endAll([order!, UNIT], { key: 'half' });
  gate.fault = undefined;
  expect([failed.status, answerOf(failed).done]).toEqual([503, 0]);
  const again = await endAll([order!, UNIT], { key: 'half' });
  expect([again.status, answerOf(again).done, answerOf(again).items[1]?.problem?.code]).toEqual([200, 1, 'order.unknown']);
  const other = await served.endOrder(order!);
  expect([other.status, other.json.code]).toEqual([409, 'order.ended']);
});

test('what was seen of one thing is not said of many', async () => {
  const [order] = await sent(1);
  const { status, json } = await endAll([order!], { headers: { 'if-match': '"0"' } });
  expect([status, (json as { readonly code: string }).code]).toEqual([400, 'if-match.of-many']);
  expect((await served.endOrder(order!)).status).toBe(200);
});

test('a thing of another unit is answered as one that is not there', async () => {
  const [order] = await sent(1);
  const { items } = answerOf(await endAll([order!], { as: `${BO}; role=case-officer` }));
  expect(items.map(({ problem }) => problem?.code)).toEqual(['order.unknown']);
});

test.each([
  ['the same object twice', [ending(UNIT), ending(UNIT, '2026-11-21')], '/items/1'],
  ['a command of another shape', [ending(UNIT), { endedOn: '2026-11-20' }], '/items/1/orderId'],
  ['no command', [], '/items'],
  ['more than are taken', Array.from({ length: 41 }, () => ending(UNIT)), '/items'],
])('%s is refused before anything is done', async (_what, items, pointer) => {
  const { status, json } = await served.post('/api/v1/orders/endings', { body: { items } });
  expect([status, json.errors?.[0]?.pointer]).toEqual([400, pointer]);
});
