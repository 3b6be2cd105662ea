import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import {
  clarification,
  fifteenDays,
  given,
  ids,
  on,
  orderEnded,
  overdue,
  paper,
  planApproved,
  planReceived,
  planReviewed,
  returned,
  sent,
} from './order.given.js';
import { receiveGenomförandeplan, type ReceiveGenomförandeplan } from './receive-genomforandeplan.js';

interface Came {
  readonly version?: number;
  readonly arrival?: ReceiveGenomförandeplan['arrival'];
  readonly reference?: string;
}

const receive = (arrivedOn: string, { version = 1, arrival = 'reached-office', reference }: Came = {}): ReceiveGenomförandeplan => ({
  orderId: ids.order,
  arrivedOn: day(arrivedOn),
  arrival,
  document: { sha256: paper(`plan ${version}`), ...(reference !== undefined && { reference }) },
});

test('a plan that comes in on day 15 is on time', () => {
  given(sent())
    .when(receiveGenomförandeplan, receive('2020-10-16'), on('2020-10-16', '23:59'))
    .then(planReceived('2020-10-16'), fifteenDays().met('2020-10-16'));
});

test('a plan that comes in on day 16, a Saturday, is late', () => {
  given(overdue()).when(receiveGenomförandeplan, receive('2020-10-17'), on('2020-10-17')).then(planReceived('2020-10-17'), fifteenDays().met('2020-10-17'));
});

test('it is late also where nothing had said so yet, and that is said then', () => {
  given(sent())
    .when(receiveGenomförandeplan, receive('2020-10-17'), on('2020-10-17'))
    .then(planReceived('2020-10-17'), fifteenDays().missed(), fifteenDays().met('2020-10-17'));
});

test('a letter in the box at the first emptying on Monday 19 counts as Friday 16: on time, and it is recorded why', () => {
  given(overdue())
    .when(receiveGenomförandeplan, receive('2020-10-19', { arrival: 'letterbox-first-emptying' }), on('2020-10-19'))
    .then(
      planReceived('2020-10-16', { arrivedOn: '2020-10-19', arrival: 'letterbox-first-emptying' }),
      fifteenDays().withdrawn(),
      fifteenDays().met('2020-10-16', 3),
    );
});

test('post that arrives on a day counts as the working day before; what reaches the office counts that day', () => {
  given(sent())
    .when(receiveGenomförandeplan, receive('2020-10-13', { arrival: 'post' }), on('2020-10-13'))
    .then(planReceived('2020-10-12', { arrivedOn: '2020-10-13', arrival: 'post' }), fifteenDays().met('2020-10-12'));
  given(sent()).when(receiveGenomförandeplan, receive('2020-10-13'), on('2020-10-13')).then(planReceived('2020-10-13'), fifteenDays().met('2020-10-13'));
});

test('a plan that came in on the 14th and is entered on the 20th, after it was called overdue, withdraws the lateness', () => {
  given(overdue())
    .when(receiveGenomförandeplan, receive('2020-10-14'), on('2020-10-20'))
    .then(planReceived('2020-10-14'), fifteenDays().withdrawn(), fifteenDays().met('2020-10-14', 3));
});

test('where in the journal it lies is personal; its hash is not', () => {
  const [{ data, personal }] = given(sent()).when(receiveGenomförandeplan, receive('2020-10-14', { reference: 'Journal, s. 3' }), on('2020-10-14')).events as [
    ReturnType<typeof planReceived>,
  ];
  expect([data.sha256, personal]).toEqual([paper('plan 1'), { reference: 'Journal, s. 3' }]);
});

test('the same paper twice is recorded once', () => {
  given(sent(), planReceived('2020-10-14'), fifteenDays().met('2020-10-14'))
    .when(receiveGenomförandeplan, receive('2020-10-15'), on('2020-10-15'))
    .thenNothing();
});

test('a new version comes in without being asked for: the wait was over already', () => {
  given(sent(), planReceived('2020-10-14'), fifteenDays().met('2020-10-14'))
    .when(receiveGenomförandeplan, receive('2020-10-19', { version: 2 }), on('2020-10-19'))
    .then(planReceived('2020-10-19', { version: 2 }));
});

test('a new version after the approval is to be looked at again', () => {
  given(sent(), planReceived('2020-10-14'), fifteenDays().met('2020-10-14'), planReviewed(), planApproved('2020-10-15'))
    .when(receiveGenomförandeplan, receive('2020-10-19', { version: 2 }), on('2020-10-19'))
    .then(planReceived('2020-10-19', { version: 2 }));
});

test('an older paper found later shows that the first plan was on time, and does not take the place of the newer one', () => {
  given(overdue(), planReceived('2020-10-19'), fifteenDays().met('2020-10-19'))
    .when(receiveGenomförandeplan, receive('2020-10-15', { version: 2 }), on('2020-10-21'))
    .then(planReceived('2020-10-15', { version: 2, latest: 1 }), fifteenDays().withdrawn(3), fifteenDays().met('2020-10-15', 4));
});

test('a clarified version answers the new wait, and leaves the fifteen days as they were', () => {
  given(returned())
    .when(receiveGenomförandeplan, receive('2020-10-26', { version: 2 }), on('2020-10-26'))
    .then(planReceived('2020-10-26', { version: 2, round: 1 }), clarification('2020-10-12', '2020-10-26').met('2020-10-26'));
});

test('a clarified version that comes after its awaited day is late', () => {
  const wait = clarification('2020-10-12', '2020-10-26');
  given(returned())
    .when(receiveGenomförandeplan, receive('2020-10-27', { version: 2 }), on('2020-10-27'))
    .then(planReceived('2020-10-27', { version: 2, round: 1 }), wait.missed(), wait.met('2020-10-27'));
});

test('a plan that came in before the return and is found after it answered the fifteen days: the clarification is still awaited', () => {
  given(returned())
    .when(receiveGenomförandeplan, receive('2020-10-08', { version: 2 }), on('2020-10-13'))
    .then(planReceived('2020-10-08', { version: 2, latest: 1 }), fifteenDays().met('2020-10-08', 3));
});

test('what comes in on the very day of the return, and is entered after it, answers the return', () => {
  given(returned())
    .when(receiveGenomförandeplan, receive('2020-10-12', { version: 2 }), on('2020-10-12'))
    .then(planReceived('2020-10-12', { version: 2, round: 1 }), clarification('2020-10-12', '2020-10-26').met('2020-10-12'));
});

test('a plan that came in while the order ran may be entered after it ended, and withdraws the lateness', () => {
  given(overdue(), orderEnded('2020-10-18'), fifteenDays().closed('2020-10-18', 'order-ended'))
    .when(receiveGenomförandeplan, receive('2020-10-15'), on('2020-10-20'))
    .then(planReceived('2020-10-15'), fifteenDays().withdrawn(3), fifteenDays().met('2020-10-15', 4));
});

test('a letter that counts as the order’s last day was in time, though it was found after', () => {
  given(sent(), orderEnded('2020-10-09'), fifteenDays().closed('2020-10-09', 'order-ended'))
    .when(receiveGenomförandeplan, receive('2020-10-12', { arrival: 'post' }), on('2020-10-12'))
    .then(planReceived('2020-10-09', { arrivedOn: '2020-10-12', arrival: 'post' }), fifteenDays().met('2020-10-09', 3));
});

test('a plan that came after the order had ended is refused as order.ended', () => {
  given(sent(), orderEnded('2020-10-09'), fifteenDays().closed('2020-10-09', 'order-ended'))
    .when(receiveGenomförandeplan, receive('2020-10-10'), on('2020-10-12'))
    .thenRefused('order.ended');
});

test('a plan that comes in tomorrow is refused as day.in-the-future', () => {
  given(sent()).when(receiveGenomförandeplan, receive('2020-10-17'), on('2020-10-16')).thenRefused('day.in-the-future');
});

test('a plan before the order was sent is refused as day.before-sent', () => {
  given(sent()).when(receiveGenomförandeplan, receive('2020-09-30'), on('2020-10-16')).thenRefused('day.before-sent');
});

test('a letter that would count as before the order was sent is refused as plan.received-before-sent', () => {
  given(sent())
    .when(receiveGenomförandeplan, receive('2020-10-01', { arrival: 'post' }), on('2020-10-16'))
    .thenRefused('plan.received-before-sent');
});

test('a plan for an order that is not there is refused as order.unknown', () => {
  given().when(receiveGenomförandeplan, receive('2020-10-16'), on('2020-10-16')).thenRefused('order.unknown');
});
