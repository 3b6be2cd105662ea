import { createHash } from 'node:crypto';
import { derivedId } from '#libs/kernel';
import { sampleId } from './municipalities.js';
import type { Step } from './step.js';

/**
 * Case E: an order sent on 2020-10-01. Its plan comes on day 15; on day 16; in a letter found on Monday 19 October; never;
 * is returned for clarification; is recorded late. Beside them an order that is replaced, one that is entered late, and one
 * of the other municipality. The situation is [001]’s; people, providers and wordings are samples.
 */
const order = (name: string): string => sampleId('order', name);
const goal = (name: string, kind: 'overall' | 'sub', index: number): string => derivedId(order(name), kind, index);
const paper = (name: string): string => createHash('sha256').update(`sample plan ${name}`).digest('hex');
const officer = 'ostermalm-officer';

const send = (name: string, at: string, says: string, more: Readonly<Record<string, unknown>> = {}, as = officer): Step => ({
  at,
  says,
  as,
  call: 'POST /orders',
  body: {
    orderId: order(name),
    provider: sampleId('provider', as === 'tyreso-officer' ? 'ang' : 'fritids'),
    service: 'short-term-supervision',
    sentOn: '2020-10-01',
    overallGoals: ['participation', 'live-as-others'],
    subGoals: [{ wording: 'Jag vill kunna laga mellanmål själv (exempel).' }, { wording: 'Jag vill våga delta i gruppens lekar (exempel).' }],
    serviceUser: { name: `Elev ${name} (exempel)` },
    ...more,
  },
  expect: { status: 201, body: { id: order(name) } },
});

const receive = (name: string, at: string, says: string, arrivedOn: string, arrival = 'reached-office', version = 1): Step => ({
  at,
  says,
  as: officer,
  call: `POST /orders/${order(name)}/genomforandeplan`,
  body: { arrivedOn, arrival, document: { sha256: paper(`${name} ${version}`), reference: `Journal, genomförandeplan ${version} (exempel)` } },
  expect: { status: 200, body: { id: order(name) } },
});

const review = (name: string, at: string, says: string, version: number, unclear: boolean): Step => ({
  at,
  says,
  as: officer,
  call: `POST /orders/${order(name)}/reviews`,
  body: {
    version,
    goals: [
      { goal: goal(name, 'overall', 0), outcome: 'covered' },
      { goal: goal(name, 'overall', 1), outcome: 'covered' },
      { goal: goal(name, 'sub', 0), outcome: 'covered' },
      { goal: goal(name, 'sub', 1), outcome: unclear ? 'unclear' : 'covered' },
    ],
    canBeFollowedUp: !unclear,
  },
  expect: { status: 200 },
});

const look = (name: string, at: string, says: string, body: unknown): Step => ({
  at,
  says,
  as: officer,
  call: `GET /orders/${order(name)}`,
  expect: { status: 200, body },
});

/** What the reminders of an order should be by then, oldest first: which rung, to whom, when. */
const reminders = (name: string, at: string, says: string, expected: readonly (readonly [rung: string, role: string, dueAt: string])[]): Step => ({
  at,
  says,
  as: officer,
  call: `GET /reminders?order=${order(name)}&limit=200&sort=oldest-first`,
  expect: { status: 200, body: { total: expected.length, items: expected.map(([rung, role, dueAt]) => ({ rung, role, dueAt, status: 'accepted' })) } },
});

const FIVE_BEFORE = ['case-officer-5-calendar-days-before', 'case-officer', '2020-10-09T06:00:00.000Z'] as const; // Sunday 11 rolls back to Friday 9
const DAY_BEFORE = ['case-officer-1-calendar-days-before', 'case-officer', '2020-10-15T06:00:00.000Z'] as const;
const OVERDUE = ['case-officer-1-working-days-after', 'case-officer', '2020-10-19T06:00:00.000Z'] as const; // Monday
const weekly = (...days: readonly string[]) => days.map((at) => ['unit-manager-3-working-days-after', 'unit-manager', at] as const);

export const caseE: readonly Step[] = [
  send('dag 15', '2020-10-01T08:30:00+02:00', 'A service order is sent; its genomförandeplan is awaited within fifteen days.'),
  look('dag 15', '2020-10-01T08:31:00+02:00', 'The order tells its last day, and why it is that day.', {
    status: 'awaiting-plan',
    sentOn: '2020-10-01',
    awaited: { dueOn: '2020-10-16', status: 'open', late: false, why: { sv: 'dag 15 är fredag 16 oktober 2020', en: 'day 15 is Friday 16 October 2020' } },
  }),
  send('dag 16', '2020-10-01T08:40:00+02:00', 'A second order, whose plan will come on day 16.'),
  send('brev', '2020-10-01T08:50:00+02:00', 'A third, whose plan will come in a letter.'),
  send('aldrig', '2020-10-01T09:00:00+02:00', 'A fourth, whose plan will never come.'),
  send('förtydligas', '2020-10-01T09:10:00+02:00', 'A fifth, whose plan will be returned for clarification.'),
  send('sent antecknad', '2020-10-01T09:20:00+02:00', 'A sixth, whose plan will be recorded late.'),
  send('ersätts', '2020-10-01T09:30:00+02:00', 'A seventh, which a new order will replace.'),
  send('tyresö', '2020-10-01T09:40:00+02:00', 'An order of the other municipality.', {}, 'tyreso-officer'),
  {
    at: '2020-10-01T09:41:00+02:00',
    says: 'An order of another municipality does not exist here.',
    as: officer,
    call: `GET /orders/${order('tyresö')}`,
    expect: { status: 404, body: { code: 'order.unknown' } },
  },
  {
    at: '2020-10-01T09:42:00+02:00',
    says: 'Nor does an order of another unit.',
    as: 'norrmalm-officer',
    call: `GET /orders/${order('dag 15')}`,
    expect: { status: 404, body: { code: 'order.unknown' } },
  },
  {
    at: '2020-10-01T09:43:00+02:00',
    says: 'A plan cannot have come in tomorrow.',
    as: officer,
    call: `POST /orders/${order('dag 15')}/genomforandeplan`,
    body: { arrivedOn: '2020-10-02', arrival: 'reached-office', document: { sha256: paper('tomorrow') } },
    expect: { status: 422, body: { code: 'day.in-the-future' } },
  },
  {
    at: '2020-10-01T09:44:00+02:00',
    says: 'What has not come in cannot be approved.',
    as: officer,
    call: `POST /orders/${order('dag 15')}/approvals`,
    body: { version: 1, approvedOn: '2020-10-01' },
    expect: { status: 409, body: { code: 'plan.not-received' } },
  },
  send('ersätter', '2020-10-07T10:00:00+02:00', 'The service is changed: a new order replaces the seventh.', {
    sentOn: '2020-10-07',
    replaces: order('ersätts'),
  }),
  look('ersätts', '2020-10-07T10:05:00+02:00', 'The old order has ended; nothing is awaited of it.', {
    status: 'ended',
    how: 'replaced',
    endedOn: '2020-10-07',
    replacedBy: order('ersätter'),
    awaited: { status: 'closed', late: false },
  }),
  reminders('dag 15', '2020-10-09T08:30:00+02:00', 'The officer is reminded five days before; that is a Sunday, so on Friday 9.', [FIVE_BEFORE]),
  receive('förtydligas', '2020-10-09T09:00:00+02:00', 'The fifth order’s plan comes in.', '2020-10-09'),
  review('förtydligas', '2020-10-12T09:00:00+02:00', 'One goal is unclear, and the plan cannot be followed up.', 1, true),
  {
    at: '2020-10-12T09:10:00+02:00',
    says: 'The provider is contacted.',
    as: officer,
    call: `POST /orders/${order('förtydligas')}/contact-notes`,
    body: { contact: 'provider', contactedOn: '2020-10-12', note: 'Bad utföraren förtydliga hur delmål två ska följas upp (exempel).' },
    expect: { status: 200 },
  },
  {
    at: '2020-10-12T09:20:00+02:00',
    says: 'The plan is returned for clarification; a new version is awaited by Monday 26 October.',
    as: officer,
    call: `POST /orders/${order('förtydligas')}/returns`,
    body: { version: 1, returnedOn: '2020-10-12', awaitedOn: '2020-10-26' },
    expect: { status: 200 },
  },
  look('förtydligas', '2020-10-12T09:21:00+02:00', 'What is awaited now has a day of its own.', {
    status: 'awaiting-plan',
    awaited: { dueOn: '2020-10-26', status: 'open' },
  }),
  receive('dag 15', '2020-10-16T15:00:00+02:00', 'The first order’s plan comes on day 15: on time.', '2020-10-16'),
  look('dag 15', '2020-10-16T15:01:00+02:00', 'It is on time.', {
    status: 'received',
    awaited: { dueOn: '2020-10-16', status: 'met', metOn: '2020-10-16', late: false },
  }),
  look('aldrig', '2020-10-16T23:59:59+02:00', 'Through the end of day 15 nothing is late.', { awaited: { status: 'open', late: false } }),
  look('aldrig', '2020-10-17T00:00:00+02:00', 'From midnight it is, whoever looks.', {
    awaited: { status: 'missed', late: true, missedAt: '2020-10-16T22:00:00.000Z' },
  }),
  receive('dag 16', '2020-10-17T10:00:00+02:00', 'The second order’s plan comes on Saturday, day 16: late, and Monday’s reminder falls away.', '2020-10-17'),
  look('dag 16', '2020-10-17T10:01:00+02:00', 'It came, one day late; both are said.', {
    status: 'received',
    awaited: { status: 'met', metOn: '2020-10-17', late: true, missedAt: '2020-10-16T22:00:00.000Z' },
  }),
  receive(
    'brev',
    '2020-10-19T08:30:00+02:00',
    'A letter lies in the box at the first emptying on Monday 19: it counts as Friday 16 (förvaltningslagen 22 §).',
    '2020-10-19',
    'letterbox-first-emptying',
  ),
  look('brev', '2020-10-19T08:31:00+02:00', 'The lateness is withdrawn.', {
    plans: [{ version: 1, receivedOn: '2020-10-16', arrivedOn: '2020-10-19', arrival: 'letterbox-first-emptying' }],
    awaited: { status: 'met', metOn: '2020-10-16', late: false },
  }),
  receive('sent antecknad', '2020-10-20T14:00:00+02:00', 'A plan that came on the 14th is entered on the 20th, after it was called overdue.', '2020-10-14'),
  look('sent antecknad', '2020-10-20T14:01:00+02:00', 'It was never late; that it was called so stays in the history.', {
    awaited: { status: 'met', metOn: '2020-10-14', late: false },
  }),
  reminders('dag 16', '2020-10-22T12:00:00+02:00', 'Its reminders: none after it came.', [FIVE_BEFORE, DAY_BEFORE]),
  reminders('brev', '2020-10-22T12:01:00+02:00', 'The letter’s order was reminded of on Monday at eight, before it was opened; then no more.', [
    FIVE_BEFORE,
    DAY_BEFORE,
    OVERDUE,
  ]),
  reminders('sent antecknad', '2020-10-22T12:02:00+02:00', 'And of the one recorded late; then no more.', [FIVE_BEFORE, DAY_BEFORE, OVERDUE]),
  reminders('aldrig', '2020-10-22T12:03:00+02:00', 'Of the one that never comes: the officer on Monday 19, the manager on Wednesday 21.', [
    FIVE_BEFORE,
    DAY_BEFORE,
    OVERDUE,
    ...weekly('2020-10-21T06:00:00.000Z'),
  ]),
  receive('ersätter', '2020-10-22T13:00:00+02:00', 'The new order’s plan comes on its day 15.', '2020-10-22'),
  receive('förtydligas', '2020-10-23T09:00:00+02:00', 'The clarified plan comes.', '2020-10-23', 'reached-office', 2),
  review('förtydligas', '2020-10-23T10:00:00+02:00', 'Now every goal is covered.', 2, false),
  {
    at: '2020-10-23T10:05:00+02:00',
    says: 'The clarified plan is approved.',
    as: officer,
    call: `POST /orders/${order('förtydligas')}/approvals`,
    body: { version: 2, approvedOn: '2020-10-23' },
    expect: { status: 200 },
  },
  review('dag 15', '2020-10-23T11:00:00+02:00', 'The first order’s plan covers every goal.', 1, false),
  {
    at: '2020-10-23T11:05:00+02:00',
    says: 'It is approved.',
    as: officer,
    call: `POST /orders/${order('dag 15')}/approvals`,
    body: { version: 1, approvedOn: '2020-10-23' },
    expect: { status: 200 },
  },
  look('dag 15', '2020-10-23T11:06:00+02:00', 'The first order is where it should be.', { status: 'approved' }),
  send('sent inlagd', '2020-11-02T09:00:00+01:00', 'An order sent on 1 October is entered a month later: overdue at once.'),
  look('sent inlagd', '2020-11-02T09:01:00+01:00', 'Overdue, with the true moment.', {
    awaited: { status: 'missed', late: true, missedAt: '2020-10-16T22:00:00.000Z' },
  }),
  {
    at: '2020-11-05T09:00:00+01:00',
    says: 'What is awaited at Östermalm, late first: the one that never came, the one entered late.',
    as: officer,
    call: 'GET /awaited-plans',
    expect: {
      status: 200,
      body: {
        total: 2,
        items: [
          { orderId: order('sent inlagd'), dueOn: '2020-10-16', late: true, daysLate: 20 },
          { orderId: order('aldrig'), dueOn: '2020-10-16', late: true, daysLate: 20 },
        ],
      },
    },
  },
  {
    at: '2020-11-05T09:01:00+01:00',
    says: 'The same list as it was recorded at noon on 15 October.',
    as: officer,
    call: 'GET /awaited-plans?asOf=2020-10-15T12:00:00%2B02:00&limit=200',
    expect: { status: 200, body: { total: 7 } },
  },
  {
    at: '2020-11-05T09:02:00+01:00',
    says: 'The auditor finds every plan that was ever called late, also the two that were not.',
    as: 'stockholm-auditor',
    call: 'GET /trail?text=f%C3%B6rsenad',
    expect: { status: 200, body: { total: 5 } },
  },
  reminders('aldrig', '2020-11-05T09:03:00+01:00', 'The manager is reminded weekly, at eight local time on either side of the end of summer time.', [
    FIVE_BEFORE,
    DAY_BEFORE,
    OVERDUE,
    ...weekly('2020-10-21T06:00:00.000Z', '2020-10-28T07:00:00.000Z', '2020-11-04T07:00:00.000Z'),
  ]),
];
