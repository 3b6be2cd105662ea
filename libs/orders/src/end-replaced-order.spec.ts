import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { endReplacedOrder } from './end-replaced-order.js';
import { fifteenDays, given, ids, on, orderCancelled, orderReplaced, overdue, planReceived, sent, sentDayCorrected } from './order.given.js';

const replaced = (endedOn: string, replacedBy = ids.otherOrder) => ({ orderId: ids.order, replacedBy, endedOn: day(endedOn) });

test('the old order ends on the day the new one was sent, and nothing is awaited of it', () => {
  given(sent())
    .when(endReplacedOrder, replaced('2020-10-07'), on('2020-10-07'))
    .then(orderReplaced('2020-10-07'), fifteenDays().closed('2020-10-07', 'order-replaced'));
});

test('what was late before it was replaced was late', () => {
  given(overdue())
    .when(endReplacedOrder, replaced('2020-10-19'), on('2020-10-19'))
    .then(orderReplaced('2020-10-19'), fifteenDays().closed('2020-10-19', 'order-replaced'));
});

test('a new order entered late, sent before the due day, withdraws the lateness of the old one', () => {
  given(overdue())
    .when(endReplacedOrder, replaced('2020-10-12'), on('2020-10-19'))
    .then(orderReplaced('2020-10-12'), fifteenDays().withdrawn(), fifteenDays().closed('2020-10-12', 'order-replaced', 3));
});

test('an old order whose plan has come ends without more', () => {
  given(sent(), planReceived('2020-10-09'), fifteenDays().met('2020-10-09'))
    .when(endReplacedOrder, replaced('2020-11-02'), on('2020-11-02'))
    .then(orderReplaced('2020-11-02'));
});

test('an old order whose day of sending was moved past the new one’s meanwhile ends on that day', () => {
  given(sent(), sentDayCorrected('2020-10-01', '2020-10-08'))
    .when(endReplacedOrder, replaced('2020-10-07'), on('2020-10-08'))
    .then(orderReplaced('2020-10-08'), fifteenDays().closed('2020-10-08', 'order-replaced'));
});

test('replaced by the same order again says nothing new', () => {
  given(sent(), orderReplaced('2020-10-07')).when(endReplacedOrder, replaced('2020-10-07'), on('2020-10-07')).thenNothing();
});

test('an order already replaced by another is refused as order.already-ended', () => {
  given(sent(), orderReplaced('2020-10-07', ids.thirdOrder))
    .when(endReplacedOrder, replaced('2020-10-07'), on('2020-10-07'))
    .thenRefused('order.already-ended');
});

test('an order cancelled meanwhile is refused as order.already-ended', () => {
  given(sent(), orderCancelled('2020-10-06')).when(endReplacedOrder, replaced('2020-10-07'), on('2020-10-07')).thenRefused('order.already-ended');
});

test('an order that is not there is refused as order.unknown', () => {
  given().when(endReplacedOrder, replaced('2020-10-07'), on('2020-10-07')).thenRefused('order.unknown');
});
