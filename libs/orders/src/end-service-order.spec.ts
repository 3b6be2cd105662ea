import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { endServiceOrder } from './end-service-order.js';
import { ServiceOrderEnded } from './order.events.js';
import { clarification, fifteenDays, given, ids, on, orderCancelled, orderEnded, overdue, planReceived, returned, sent } from './order.given.js';

const end = (endedOn: string) => ({ orderId: ids.order, endedOn: day(endedOn), reason: 'service-ended' as const });

test('of a service that ends before the due day nothing is awaited, and nothing was late', () => {
  given(sent()).when(endServiceOrder, end('2020-10-12'), on('2020-10-12')).then(orderEnded('2020-10-12'), fifteenDays().closed('2020-10-12', 'order-ended'));
});

test('an end on the due day or before it, entered after the order was called overdue, withdraws the lateness', () => {
  given(overdue())
    .when(endServiceOrder, end('2020-10-16'), on('2020-10-20'))
    .then(orderEnded('2020-10-16'), fifteenDays().withdrawn(), fifteenDays().closed('2020-10-16', 'order-ended', 3));
});

test('an end after the due day leaves the lateness as it was', () => {
  given(overdue()).when(endServiceOrder, end('2020-10-17'), on('2020-10-20')).then(orderEnded('2020-10-17'), fifteenDays().closed('2020-10-17', 'order-ended'));
});

test('where nothing had said so yet, an end after the due day records that the plan was late', () => {
  given(sent())
    .when(endServiceOrder, end('2020-10-17'), on('2020-10-17'))
    .then(orderEnded('2020-10-17'), fifteenDays().missed(), fifteenDays().closed('2020-10-17', 'order-ended'));
});

test('an order whose plan has come ends without more', () => {
  given(sent(), planReceived('2020-10-09'), fifteenDays().met('2020-10-09'))
    .when(endServiceOrder, end('2020-12-31'), on('2020-12-31'))
    .then(orderEnded('2020-12-31'));
});

test('a clarification is no longer awaited either', () => {
  given(returned())
    .when(endServiceOrder, end('2020-10-20'), on('2020-10-20'))
    .then(orderEnded('2020-10-20'), clarification('2020-10-12', '2020-10-26').closed('2020-10-20', 'order-ended'));
});

test('more about it is personal', () => {
  given(sent(), planReceived('2020-10-09'), fifteenDays().met('2020-10-09'))
    .when(endServiceOrder, { ...end('2020-12-31'), reason: 'moved', note: 'Flyttade till Tyresö.' }, on('2020-12-31'))
    .then(event(ServiceOrderEnded, { orderId: ids.order, endedOn: day('2020-12-31'), reason: 'moved' }, { note: 'Flyttade till Tyresö.' }));
});

test('the same end again says nothing new', () => {
  given(sent(), orderEnded('2020-10-12')).when(endServiceOrder, end('2020-10-12'), on('2020-10-13')).thenNothing();
});

test('another end is refused as order.ended', () => {
  given(sent(), orderEnded('2020-10-12')).when(endServiceOrder, end('2020-10-13'), on('2020-10-13')).thenRefused('order.ended');
  given(sent(), orderCancelled('2020-10-12')).when(endServiceOrder, end('2020-10-12'), on('2020-10-13')).thenRefused('order.ended');
});

test('an end tomorrow is refused as day.in-the-future', () => {
  given(sent()).when(endServiceOrder, end('2020-10-13'), on('2020-10-12')).thenRefused('day.in-the-future');
});

test('an end before the order was sent is refused as day.before-sent', () => {
  given(sent()).when(endServiceOrder, end('2020-09-30'), on('2020-10-12')).thenRefused('day.before-sent');
});

test('an order that is not there is refused as order.unknown', () => {
  given().when(endServiceOrder, end('2020-10-12'), on('2020-10-12')).thenRefused('order.unknown');
});
