import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { correctReceivedDay, type CorrectReceivedDay } from './correct-received-day.js';
import {
  clarification,
  fifteenDays,
  foundUnclear,
  given,
  ids,
  on,
  orderEnded,
  overdue,
  planApproved,
  planReceived,
  planReturned,
  planReviewed,
  receivedDayCorrected,
  returned,
  sent,
  until,
} from './order.given.js';

const onTime = [...sent(), planReceived('2020-10-14'), fifteenDays().met('2020-10-14')];
const late = [...overdue(), planReceived('2020-10-19'), fifteenDays().met('2020-10-19')];
const wait = clarification('2020-10-12', '2020-10-26');
const plan = () => until('2020-10-12', '2020-10-26');
/** Returned on the 12th, answered on the 20th. */
const clarified = [...returned(), planReceived('2020-10-20', { version: 2, round: 1 }), wait.met('2020-10-20')];

const correct = (arrivedOn: string, { version = 1, arrival = 'reached-office' }: Partial<CorrectReceivedDay> = {}): CorrectReceivedDay => ({
  orderId: ids.order,
  version,
  arrivedOn: day(arrivedOn),
  arrival,
  reason: 'mistyped',
});

test('a plan that was called late was on time: the lateness is withdrawn', () => {
  given(late)
    .when(correctReceivedDay, correct('2020-10-16'), on('2020-10-21'))
    .then(receivedDayCorrected('2020-10-19', '2020-10-16'), fifteenDays().withdrawn(3), fifteenDays().met('2020-10-16', 4));
});

test('a plan that was on time was late, and is called so from its true moment', () => {
  given(onTime)
    .when(correctReceivedDay, correct('2020-10-19'), on('2020-10-21'))
    .then(receivedDayCorrected('2020-10-14', '2020-10-19'), fifteenDays().missed(2), fifteenDays().met('2020-10-19', 3));
});

test('a day that was not the way it came: a letter found on Monday 19 counts as Friday 16', () => {
  given(late)
    .when(correctReceivedDay, correct('2020-10-19', { arrival: 'letterbox-first-emptying' }), on('2020-10-21'))
    .then(
      receivedDayCorrected('2020-10-19', '2020-10-16', { arrivedOn: '2020-10-19', arrival: 'letterbox-first-emptying' }),
      fifteenDays().withdrawn(3),
      fifteenDays().met('2020-10-16', 4),
    );
});

test('another way to the same day is recorded too, and changes no deadline', () => {
  given(onTime)
    .when(correctReceivedDay, correct('2020-10-15', { arrival: 'post' }), on('2020-10-21'))
    .then(receivedDayCorrected('2020-10-14', '2020-10-14', { arrivedOn: '2020-10-15', arrival: 'post' }));
});

test('the same day and way say nothing new, also after a correction', () => {
  given(onTime).when(correctReceivedDay, correct('2020-10-14'), on('2020-10-21')).thenNothing();
  given(onTime, receivedDayCorrected('2020-10-14', '2020-10-13')).when(correctReceivedDay, correct('2020-10-13'), on('2020-10-21')).thenNothing();
});

test('the first plan to come ends the wait: a second one moved before it does', () => {
  given(late, planReceived('2020-10-20', { version: 2 }))
    .when(correctReceivedDay, correct('2020-10-16', { version: 2 }), on('2020-10-21'))
    .then(receivedDayCorrected('2020-10-20', '2020-10-16', { version: 2, latest: 1 }), fifteenDays().withdrawn(3), fifteenDays().met('2020-10-16', 4));
});

test('a later version moved to another late day changes nothing for the wait', () => {
  given(onTime, planReceived('2020-10-20', { version: 2 }))
    .when(correctReceivedDay, correct('2020-10-19', { version: 2 }), on('2020-10-21'))
    .then(receivedDayCorrected('2020-10-20', '2020-10-19', { version: 2 }));
});

test('a plan of an earlier wait is corrected in that wait, while a clarification is awaited', () => {
  given(returned())
    .when(correctReceivedDay, correct('2020-10-08'), on('2020-10-13'))
    .then(receivedDayCorrected('2020-10-09', '2020-10-08'), fifteenDays().met('2020-10-08', 3));
});

test('a lateness of the fifteen days is withdrawn while a clarification is awaited', () => {
  const [before, after] = [clarification('2020-10-20', '2020-11-02'), fifteenDays()];
  given(late, foundUnclear(), planReturned('2020-10-20', '2020-11-02'), before.set)
    .when(correctReceivedDay, correct('2020-10-16'), on('2020-10-21'))
    .then(receivedDayCorrected('2020-10-19', '2020-10-16'), after.withdrawn(3), after.met('2020-10-16', 4));
});

test('a version that came before the return did not answer it: the clarification is awaited again', () => {
  given(clarified)
    .when(correctReceivedDay, correct('2020-10-10', { version: 2 }), on('2020-10-21'))
    .then(receivedDayCorrected('2020-10-20', '2020-10-10', { version: 2 }), wait.moved(plan(), 'answer-corrected', 3));
});

test('and where its day has passed it is overdue', () => {
  given(clarified)
    .when(correctReceivedDay, correct('2020-10-10', { version: 2 }), on('2020-10-27'))
    .then(receivedDayCorrected('2020-10-20', '2020-10-10', { version: 2 }), wait.moved(plan(), 'answer-corrected', 3), wait.missed(3));
});

test('where that version is approved, nothing was awaited from then on', () => {
  given(clarified, planReviewed(2), planApproved('2020-10-21', 2))
    .when(correctReceivedDay, correct('2020-10-10', { version: 2 }), on('2020-10-22'))
    .then(
      receivedDayCorrected('2020-10-20', '2020-10-10', { version: 2 }),
      wait.moved(plan(), 'answer-corrected', 3),
      wait.closed('2020-10-21', 'plan-approved', 4),
    );
});

test('where the order has ended, nothing was awaited from then on', () => {
  given(clarified, orderEnded('2020-10-21'))
    .when(correctReceivedDay, correct('2020-10-10', { version: 2 }), on('2020-10-22'))
    .then(
      receivedDayCorrected('2020-10-20', '2020-10-10', { version: 2 }),
      wait.moved(plan(), 'answer-corrected', 3),
      wait.closed('2020-10-21', 'order-ended', 4),
    );
});

test('a paper thought older than the return, which came after it, is the clarified version', () => {
  given(returned(), planReceived('2020-10-10', { version: 2 }))
    .when(correctReceivedDay, correct('2020-10-20', { version: 2 }), on('2020-10-21'))
    .then(receivedDayCorrected('2020-10-10', '2020-10-20', { version: 2, round: 1 }), wait.met('2020-10-20'));
});

test('a version that was itself returned was no answer: the next one is still awaited', () => {
  given(returned(), planReceived('2020-10-10', { version: 2 }), foundUnclear(2), planReturned('2020-10-14', '2020-10-30', { version: 2 }))
    .when(correctReceivedDay, correct('2020-10-13', { version: 2 }), on('2020-10-15'))
    .then(receivedDayCorrected('2020-10-10', '2020-10-13', { version: 2 }));
});

test('a version that came after another was approved says nothing of a wait that was over', () => {
  const over = [
    ...returned(),
    planReceived('2020-10-10', { version: 2 }),
    planReviewed(2),
    planApproved('2020-10-14', 2),
    wait.closed('2020-10-14', 'plan-approved'),
  ];
  given(over, planReceived('2020-11-02', { version: 3, round: 1 }))
    .when(correctReceivedDay, correct('2020-11-03', { version: 3 }), on('2020-11-04'))
    .then(receivedDayCorrected('2020-11-02', '2020-11-03', { version: 3, round: 1 }));
});

test('a plan that was returned may have come that day, but not later: plan.received-after-decision', () => {
  given(returned()).when(correctReceivedDay, correct('2020-10-12'), on('2020-10-14')).thenTypes('ReceivedDayCorrected', 'DeadlineMet');
  given(returned()).when(correctReceivedDay, correct('2020-10-13'), on('2020-10-14')).thenRefused('plan.received-after-decision');
});

test('a plan that was approved cannot have come later: plan.received-after-decision', () => {
  given(onTime, planReviewed(), planApproved('2020-10-15'))
    .when(correctReceivedDay, correct('2020-10-16'), on('2020-10-20'))
    .thenRefused('plan.received-after-decision');
});

test('of an order that has ended a plan is corrected within the time it ran: plan.received-after-end', () => {
  const ended = [...onTime, orderEnded('2020-10-15')];
  given(ended)
    .when(correctReceivedDay, correct('2020-10-15'), on('2020-10-20'))
    .then(receivedDayCorrected('2020-10-14', '2020-10-15'), fifteenDays().met('2020-10-15', 3));
  given(ended).when(correctReceivedDay, correct('2020-10-16'), on('2020-10-20')).thenRefused('plan.received-after-end');
});

test('a plan that came after an end entered later is corrected to another day after it', () => {
  given(late, orderEnded('2020-10-17'))
    .when(correctReceivedDay, correct('2020-10-20'), on('2020-10-21'))
    .then(receivedDayCorrected('2020-10-19', '2020-10-20'), fifteenDays().met('2020-10-20', 3));
});

test('a version that never came is refused as plan.unknown', () => {
  given(onTime)
    .when(correctReceivedDay, correct('2020-10-13', { version: 2 }), on('2020-10-21'))
    .thenRefused('plan.unknown');
});

test('tomorrow is refused as day.in-the-future', () => {
  given(onTime).when(correctReceivedDay, correct('2020-10-22'), on('2020-10-21')).thenRefused('day.in-the-future');
});

test('before the order was sent is refused, as day.before-sent or as plan.received-before-sent', () => {
  given(onTime).when(correctReceivedDay, correct('2020-09-30'), on('2020-10-21')).thenRefused('day.before-sent');
  given(onTime)
    .when(correctReceivedDay, correct('2020-10-01', { arrival: 'post' }), on('2020-10-21'))
    .thenRefused('plan.received-before-sent');
});

test('an order that is not there is refused as order.unknown', () => {
  given().when(correctReceivedDay, correct('2020-10-13'), on('2020-10-21')).thenRefused('order.unknown');
});

test('a version that was itself returned and came before the first return leaves no earlier wait open: it was over when the next began', () => {
  const second = clarification('2020-10-20', '2020-11-03', 2);
  const returnedTwice = [...clarified, foundUnclear(2), planReturned('2020-10-20', '2020-11-03', { version: 2, round: 2 }), second.set];
  given(returnedTwice)
    .when(correctReceivedDay, correct('2020-10-09', { version: 2 }), on('2020-10-21'))
    .thenTypes('ReceivedDayCorrected', 'DeadlineMoved', 'DeadlineClosed');
});
