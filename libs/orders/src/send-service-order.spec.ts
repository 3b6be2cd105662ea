import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { fifteenDays, given, ids, on, orderEnded, orderSent, organisation, rule, sent } from './order.given.js';
import type { OrderEvent } from './order.events.js';
import { order, type Order } from './order.js';
import { sendServiceOrder, type SendServiceOrder } from './send-service-order.js';

const send = (sentOn = '2020-10-01', more: Partial<SendServiceOrder> = {}): SendServiceOrder => ({
  provider: ids.provider,
  service: 'short-term-supervision',
  sentOn: day(sentOn),
  overallGoals: ['participation', 'live-as-others'],
  subGoals: [{ wording: 'Jag vill kunna laga mellanmål själv.' }],
  serviceUser: { name: 'Alva Exempel' },
  ...more,
});
const nothingElse = { rule, organisation, replaced: undefined };

/** The other order, as it stands after these facts. */
const other = (...facts: readonly OrderEvent[]): Order => stateAfter(order, facts, on('2020-10-01'));
const running = other(orderSent('2020-10-01', { id: ids.otherOrder }));

test('an order is sent, and its plan is awaited within fifteen days', () => {
  given().when(sendServiceOrder, send(), on('2020-10-01'), nothingElse).then(orderSent(), fifteenDays().set);
});

test('wordings and the service user are personal; the facts hold the goals by id and code', () => {
  const [{ data }] = given().when(sendServiceOrder, send(), on('2020-10-01'), nothingElse).events as [ReturnType<typeof orderSent>];
  expect(JSON.stringify(data)).not.toMatch(/mellanmål|Alva/);
});

test('an order entered on its day 15 is not overdue yet', () => {
  given().when(sendServiceOrder, send(), on('2020-10-16', '23:59'), nothingElse).then(orderSent(), fifteenDays().set);
});

test('an order entered late is overdue at once, with the moment it became so', () => {
  given().when(sendServiceOrder, send(), on('2020-11-02'), nothingElse).then(orderSent(), fifteenDays().set, fifteenDays().missed());
});

test('an order sent tomorrow is refused as day.in-the-future', () => {
  given().when(sendServiceOrder, send('2020-10-02'), on('2020-10-01'), nothingElse).thenRefused('day.in-the-future');
});

test('just after midnight in Stockholm the new day has come, though not in UTC', () => {
  given().when(sendServiceOrder, send('2020-10-02'), on('2020-10-02', '00:00'), nothingElse).thenTypes('ServiceOrderSent', 'DeadlineSet');
});

test('a provider who is not in the register is refused as provider.unknown', () => {
  given()
    .when(sendServiceOrder, send('2020-10-01', { provider: ids.unit }), on('2020-10-01'), nothingElse)
    .thenRefused('provider.unknown');
});

test('an order under an id that is taken is refused as order.exists', () => {
  given(sent()).when(sendServiceOrder, send(), on('2020-10-01'), nothingElse).thenRefused('order.exists');
});

test('a new order names the one it replaces', () => {
  given()
    .when(sendServiceOrder, send('2020-10-07', { replaces: ids.otherOrder }), on('2020-10-07'), { ...nothingElse, replaced: running })
    .then(orderSent('2020-10-07', { replaces: ids.otherOrder }), fifteenDays('2020-10-07').set);
});

test.each<[string, Order | undefined]>([
  ['that nobody sent', { status: 'none' }],
  ['that was not found', undefined],
  ['of another unit', { ...running, unit: ids.otherUnit } as Order],
])('to replace an order %s is refused as order.replaced-unknown', (_which, replaced) => {
  given()
    .when(sendServiceOrder, send('2020-10-07', { replaces: ids.otherOrder }), on('2020-10-07'), { ...nothingElse, replaced })
    .thenRefused('order.replaced-unknown');
});

test('to replace an order that has ended is refused as order.replaced-ended', () => {
  const ended = other(orderSent('2020-10-01', { id: ids.otherOrder }), orderEnded('2020-10-05'));
  given()
    .when(sendServiceOrder, send('2020-10-07', { replaces: ids.otherOrder }), on('2020-10-07'), { ...nothingElse, replaced: ended })
    .thenRefused('order.replaced-ended');
});

test('a new order sent before the one it replaces is refused as order.replaced-later', () => {
  given()
    .when(sendServiceOrder, send('2020-09-30', { replaces: ids.otherOrder }), on('2020-10-07'), { ...nothingElse, replaced: running })
    .thenRefused('order.replaced-later');
});

test('an order replaced on its own day of sending may be: the first was a mistake', () => {
  given()
    .when(sendServiceOrder, send('2020-10-01', { replaces: ids.otherOrder }), on('2020-10-01'), { ...nothingElse, replaced: running })
    .thenTypes('ServiceOrderSent', 'DeadlineSet');
});
