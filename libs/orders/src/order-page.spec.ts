import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { orderPage, type OpenedEvent } from './order-page.js';
import { ContactNoted, GenomförandeplanReceived, GoalCorrected, type OrderEvent } from './order.events.js';
import {
  awaitedDayCorrected,
  clarification,
  endedDayCorrected,
  fifteenDays,
  foundUnclear,
  goals,
  ids,
  on,
  orderCancelled,
  orderEnded,
  orderReplaced,
  orderSent,
  paper,
  planApproved,
  planReceived,
  planReturned,
  planReviewed,
  receivedDayCorrected,
  returned,
  sent,
  sentDayCorrected,
  until,
} from './order.given.js';
import { order, planDeadlineId } from './order.js';

type Facts = readonly OrderEvent[];

/** The page of an order after these facts, with everything sealed opened; `erased` where its key is destroyed. */
const page = (facts: Facts, { erased = false } = {}) => {
  const state = stateAfter(order, facts, on('2020-10-01'));
  if (state.status === 'none') throw new Error('An order that was never sent has no page.');
  const opened = facts.map((fact) => {
    const parts = Object.entries(fact.personal ?? {}).map(([part, value]: [string, unknown]) => [part, erased ? { erased: true } : value]);
    return Object.assign({}, fact, { opened: Object.fromEntries(parts) as Record<string, unknown> }) as OpenedEvent;
  });
  return orderPage(state, opened, day('2020-10-12'));
};
const wait = clarification('2020-10-12', '2020-10-26');
const received = [...sent(), planReceived('2020-10-09'), fifteenDays().met('2020-10-09')];

test('the page tells of the wait that began last', () => {
  expect(page(sent()).awaited).toMatchObject({ deadline: planDeadlineId(ids.order, 0), dueOn: '2020-10-16', daysLate: 0 });
  expect(page(returned()).awaited).toMatchObject({ deadline: planDeadlineId(ids.order, 1), dueOn: '2020-10-26' });
});

test('a corrected awaited day is the day that is shown, of the wait and of the return alike', () => {
  const corrected = page([
    ...returned(),
    awaitedDayCorrected('2020-10-26', '2020-10-28'),
    wait.moved(until('2020-10-12', '2020-10-28'), 'awaited-day-corrected', 2),
  ]);
  expect(corrected.awaited).toMatchObject({ dueOn: '2020-10-28' });
  expect(corrected.plans).toMatchObject([{ returned: { returnedOn: '2020-10-12', awaitedOn: '2020-10-28' } }]);
});

test('of several returns it is the last one whose awaited day was corrected', () => {
  const twice = [
    ...returned(),
    planReceived('2020-10-20', { version: 2, round: 1 }),
    wait.met('2020-10-20'),
    foundUnclear(2),
    planReturned('2020-10-21', '2020-11-04', { version: 2, round: 2 }),
    clarification('2020-10-21', '2020-11-04', 2).set,
    awaitedDayCorrected('2020-11-04', '2020-11-06', undefined, 2),
  ];
  expect(page(twice).plans).toMatchObject([{ returned: { awaitedOn: '2020-10-26' } }, { returned: { awaitedOn: '2020-11-06' } }]);
});

test('a plan shows how it came in, its reviews in their order, its return and its approval', () => {
  const reference = event(
    GenomförandeplanReceived,
    {
      orderId: ids.order,
      version: 1,
      round: 0,
      latest: 1,
      receivedOn: day('2020-10-09'),
      arrivedOn: day('2020-10-12'),
      arrival: 'post',
      sha256: paper('plan'),
    },
    { reference: 'Journal 2020-10-12' },
  );
  const story = [
    ...sent(),
    reference,
    planReviewed(1, { last: 'unclear', note: 'Delmålet är otydligt.' }),
    planReviewed(1, { canBeFollowedUp: false }),
    planReturned('2020-10-12', '2020-10-26', { note: 'Hur följs det upp?' }),
    planReceived('2020-10-20', { version: 2, round: 1 }),
    planReviewed(2),
    planApproved('2020-10-21', 2),
  ];
  const covered = goals.map((goal) => ({ goal, outcome: 'covered' }));
  expect(page(story).plans).toEqual([
    {
      version: 1,
      receivedOn: '2020-10-09',
      arrivedOn: '2020-10-12',
      arrival: 'post',
      sha256: paper('plan'),
      reference: 'Journal 2020-10-12',
      reviews: [
        { goals: [covered[0], covered[1], { goal: goals[2], outcome: 'unclear' }], canBeFollowedUp: true, note: 'Delmålet är otydligt.' },
        { goals: covered, canBeFollowedUp: false },
      ],
      returned: { returnedOn: '2020-10-12', awaitedOn: '2020-10-26', note: 'Hur följs det upp?' },
    },
    {
      version: 2,
      receivedOn: '2020-10-20',
      arrivedOn: '2020-10-20',
      arrival: 'reached-office',
      sha256: paper('plan 2'),
      reviews: [{ goals: covered, canBeFollowedUp: true }],
      approvedOn: '2020-10-21',
    },
  ]);
});

test('a corrected reception is shown as it was corrected, and what was said of the plan stays with it', () => {
  const corrected = [...received, planReviewed(), receivedDayCorrected('2020-10-09', '2020-10-08', { arrivedOn: '2020-10-09', arrival: 'post' })];
  expect(page(corrected).plans).toMatchObject([{ receivedOn: '2020-10-08', arrivedOn: '2020-10-09', arrival: 'post', reviews: [{ canBeFollowedUp: true }] }]);
});

test('contacts are shown with what was said', () => {
  const noted = event(ContactNoted, { orderId: ids.order, contact: 'provider', contactedOn: day('2020-10-12') }, { note: 'Bad om förtydligande.' });
  expect(page([...sent(), noted]).contacts).toEqual([{ contact: 'provider', contactedOn: '2020-10-12', note: 'Bad om förtydligande.' }]);
});

test('an order shows how it stands: running without an end, ended with its day and its way', () => {
  expect(page(sent())).toMatchObject({ status: 'awaiting-plan', sentOn: '2020-10-01', service: 'short-term-supervision' });
  expect(page(sent())).not.toHaveProperty('endedOn');
  expect(page([...sent(), orderEnded('2020-10-12')])).toMatchObject({ status: 'ended', how: 'ended', endedOn: '2020-10-12' });
  expect(page([...sent(), orderCancelled('2020-10-12')])).toMatchObject({ how: 'cancelled' });
  expect(page([...sent(), orderReplaced('2020-10-12')])).toMatchObject({ how: 'replaced', replacedBy: ids.otherOrder });
  expect(page([orderSent('2020-10-12', { replaces: ids.otherOrder })])).toMatchObject({ replaces: ids.otherOrder });
});

test('corrected days of sending and of the end are those that are shown', () => {
  const corrected = [...sent(), sentDayCorrected('2020-10-01', '2020-10-02'), orderEnded('2020-10-12'), endedDayCorrected('2020-10-12', '2020-10-14')];
  expect(page(corrected)).toMatchObject({ sentOn: '2020-10-02', endedOn: '2020-10-14' });
});

test('the service user and the sub-goals are shown as they were worded, the city’s goals by their codes', () => {
  expect(page(sent())).toMatchObject({
    serviceUser: { name: 'Alva Exempel' },
    goals: [
      { goal: goals[0], overall: 'participation' },
      { goal: goals[1], overall: 'live-as-others' },
      { goal: goals[2], wording: 'Jag vill kunna laga mellanmål själv.' },
    ],
  });
});

test('a corrected wording stands in the place of the first, a corrected code too', () => {
  const corrected = [
    ...sent(),
    event(GoalCorrected, { orderId: ids.order, goal: goals[2], reason: 'mistyped' }, { wording: 'Jag vill laga mat.' }),
    event(GoalCorrected, { orderId: ids.order, goal: goals[0], overall: 'integrity', reason: 'mistyped' }, { note: 'Fel rad.' }),
  ];
  expect(page(corrected).goals).toEqual([
    { goal: goals[0], overall: 'integrity' },
    { goal: goals[1], overall: 'live-as-others' },
    { goal: goals[2], wording: 'Jag vill laga mat.' },
  ]);
});

test('what was erased says so, and what happened is shown all the same', () => {
  const noted = event(ContactNoted, { orderId: ids.order, contact: 'guardian', contactedOn: day('2020-10-12') }, { note: 'Ringde.' });
  const corrected = event(GoalCorrected, { orderId: ids.order, goal: goals[2], reason: 'mistyped' }, { wording: 'Jag vill laga mat.' });
  const gone = { erased: true };
  for (const facts of [
    [...received, noted],
    [...received, noted, corrected],
  ]) {
    expect(page(facts, { erased: true })).toMatchObject({
      serviceUser: gone,
      goals: [{ overall: 'participation' }, { overall: 'live-as-others' }, { goal: goals[2], wording: gone }],
      plans: [{ version: 1, receivedOn: '2020-10-09' }],
      contacts: [{ contact: 'guardian', note: gone }],
    });
  }
});
