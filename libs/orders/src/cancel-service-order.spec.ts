import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { cancelServiceOrder } from './cancel-service-order.js';
import { ServiceOrderCancelled } from './order.events.js';
import { fifteenDays, given, ids, on, orderCancelled, orderEnded, overdue, sent } from './order.given.js';

const cancel = (cancelledOn: string) => ({ orderId: ids.order, cancelledOn: day(cancelledOn), reason: 'sent-by-mistake' as const });

test('of an order that is cancelled nothing is awaited', () => {
  given(sent())
    .when(cancelServiceOrder, cancel('2020-10-02'), on('2020-10-02'))
    .then(orderCancelled('2020-10-02'), fifteenDays().closed('2020-10-02', 'order-cancelled'));
});

test('cancelled before the due day and entered after it: the lateness is withdrawn', () => {
  given(overdue())
    .when(cancelServiceOrder, cancel('2020-10-15'), on('2020-10-20'))
    .then(orderCancelled('2020-10-15'), fifteenDays().withdrawn(), fifteenDays().closed('2020-10-15', 'order-cancelled', 3));
});

test('cancelled after the due day: the lateness stands', () => {
  given(overdue())
    .when(cancelServiceOrder, cancel('2020-10-19'), on('2020-10-20'))
    .then(orderCancelled('2020-10-19'), fifteenDays().closed('2020-10-19', 'order-cancelled'));
});

test('more about it is personal', () => {
  given(sent())
    .when(cancelServiceOrder, { ...cancel('2020-10-01'), reason: 'declined-by-service-user', note: 'Ångrade sig.' }, on('2020-10-01'))
    .then(
      event(ServiceOrderCancelled, { orderId: ids.order, endedOn: day('2020-10-01'), reason: 'declined-by-service-user' }, { note: 'Ångrade sig.' }),
      fifteenDays().closed('2020-10-01', 'order-cancelled'),
    );
});

test('the same cancellation again says nothing new', () => {
  given(sent(), orderCancelled('2020-10-02')).when(cancelServiceOrder, cancel('2020-10-02'), on('2020-10-03')).thenNothing();
});

test('on another day, or of an order that ended otherwise, it is refused as order.ended', () => {
  given(sent(), orderCancelled('2020-10-02')).when(cancelServiceOrder, cancel('2020-10-03'), on('2020-10-03')).thenRefused('order.ended');
  given(sent(), orderEnded('2020-10-02')).when(cancelServiceOrder, cancel('2020-10-02'), on('2020-10-03')).thenRefused('order.ended');
});

test('a cancellation tomorrow is refused as day.in-the-future', () => {
  given(sent()).when(cancelServiceOrder, cancel('2020-10-03'), on('2020-10-02')).thenRefused('day.in-the-future');
});

test('a cancellation before the order was sent is refused as day.before-sent', () => {
  given(sent()).when(cancelServiceOrder, cancel('2020-09-30'), on('2020-10-02')).thenRefused('day.before-sent');
});

test('an order that is not there is refused as order.unknown', () => {
  given().when(cancelServiceOrder, cancel('2020-10-02'), on('2020-10-02')).thenRefused('order.unknown');
});
