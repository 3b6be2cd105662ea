import { expect, test } from '@jest/globals';
import { atLocalTime, day, type Decide, type Instant } from '#libs/kernel';
import { given as givenFacts, stateAfter } from '#libs/testing';
import { genomförandeplanRule, knock, nextKnock, type DeadlineRule, type KnockedFor } from '#libs/timers';
import { approveGenomförandeplan } from './approve-genomforandeplan.js';
import type { OrderEvent } from './order.events.js';
import { goals, ids, on, organisation, paper, rule as quietRule } from './order.given.js';
import { deadlinesOf, order, type Order } from './order.js';
import { receiveGenomförandeplan, type ReceiveGenomförandeplan } from './receive-genomforandeplan.js';
import { returnGenomförandeplan } from './return-genomforandeplan.js';
import { reviewGenomförandeplan } from './review-genomforandeplan.js';
import { sendServiceOrder } from './send-service-order.js';

// Case E: one order sent on 1 October 2020, with the reminders of the rule, and timers that knock when something is due.

const rule: DeadlineRule = { ...genomförandeplanRule, id: quietRule.id, version: 1 };
const knocked: Decide<KnockedFor & { readonly deadline: string }, Order, OrderEvent> = (command, state, { now }) =>
  knock(command, deadlinesOf(state)[command.deadline], now);

class Story {
  readonly facts: OrderEvent[] = [];

  /** Somebody does something at that time; until then the timers have knocked at every due moment. */
  does<C, N>(decide: Decide<C, Order, OrderEvent, N>, command: C, [date, time]: readonly [string, string], ...needs: object extends N ? [N?] : [N]): this {
    this.knocksUntil(atLocalTime(day(date), time));
    this.facts.push(...givenFacts(order, ...this.facts).when(decide, command, on(date, time), ...needs).events);
    return this;
  }

  /** Timers that run knock until that day begins. */
  until(date: string): this {
    return this.knocksUntil(atLocalTime(day(date), '00:00'));
  }

  /** Timers that stood still knock once, that late. */
  knocksOnlyAt(date: string, time: string): this {
    const now = atLocalTime(day(date), time);
    const next = this.#next();
    if (next) this.facts.push(...givenFacts(order, ...this.facts).when(knocked, next, { ...on(date), now }).events);
    return this;
  }

  knocksUntil(end: Instant): this {
    for (let next = this.#next(); next && next.at <= end; next = this.#next()) {
      this.facts.push(...givenFacts(order, ...this.facts).when(knocked, next, { ...on('2020-10-01'), now: next.at }).events);
    }
    return this;
  }

  #next() {
    const waits = Object.values(deadlinesOf(stateAfter(order, this.facts, on('2020-10-01'))));
    const due = waits.flatMap((wait) => {
      const next = nextKnock(wait);
      return next ? [{ deadline: wait.plan.deadline, generation: wait.generation, ...next }] : [];
    });
    return due.toSorted((a, b) => (a.at < b.at ? -1 : 1))[0];
  }

  /** What happened, with the day that says most of it. */
  get told(): string[] {
    return this.facts.map(({ type, data }) => {
      if (type === 'ReminderIssued') return `${data.role} reminded ${data.dueAt}`;
      if (type === 'DeadlineMissed') return `missed ${data.missedAt}`;
      if (type === 'DeadlineMet') return `met ${data.metOn}`;
      if (type === 'DeadlineSet') return `due ${data.dueOn}`;
      if (type === 'RemindersSuppressed') return `${data.reason}: ${data.fromAt} to ${data.toAt}`;
      return type;
    });
  }
}

const sends = (date = '2020-10-01', time = '08:30') =>
  new Story().does(
    sendServiceOrder,
    {
      provider: ids.provider,
      service: 'short-term-supervision',
      sentOn: day('2020-10-01'),
      overallGoals: ['participation', 'live-as-others'],
      subGoals: [{ wording: 'Jag vill kunna laga mellanmål själv.' }],
      serviceUser: { name: 'Alva Exempel' },
    },
    [date, time],
    { rule, organisation, replaced: undefined },
  );
const plan = (arrivedOn: string, arrival: ReceiveGenomförandeplan['arrival'] = 'reached-office', version = 1): ReceiveGenomförandeplan => ({
  orderId: ids.order,
  arrivedOn: day(arrivedOn),
  arrival,
  document: { sha256: paper(`plan ${version}`) },
});
const reviewed = (version: number, outcome: 'covered' | 'unclear') => ({
  orderId: ids.order,
  version,
  goals: goals.map((goal) => ({ goal, outcome })),
  canBeFollowedUp: true,
});

const SENT = ['ServiceOrderSent', 'due 2020-10-16'];
const BEFORE = ['case-officer reminded 2020-10-09T06:00:00.000Z', 'case-officer reminded 2020-10-15T06:00:00.000Z'];
const MISSED = 'missed 2020-10-16T22:00:00.000Z';
const MONDAY = 'case-officer reminded 2020-10-19T06:00:00.000Z';

test('the plan comes on day 15: on time, and nobody is reminded any more', () => {
  const story = sends().does(receiveGenomförandeplan, plan('2020-10-16'), ['2020-10-16', '15:00']).until('2021-03-01');
  expect(story.told).toEqual([...SENT, ...BEFORE, 'GenomförandeplanReceived', 'met 2020-10-16']);
});

test('the plan comes on Saturday, day 16: late from midnight, and Monday’s reminder falls away', () => {
  const story = sends().does(receiveGenomförandeplan, plan('2020-10-17'), ['2020-10-17', '10:00']).until('2021-03-01');
  expect(story.told).toEqual([...SENT, ...BEFORE, MISSED, 'GenomförandeplanReceived', 'met 2020-10-17']);
});

test('a letter is found on Monday 19 after the officer was reminded: it counts as Friday 16, and the lateness is withdrawn', () => {
  const story = sends().does(receiveGenomförandeplan, plan('2020-10-19', 'letterbox-first-emptying'), ['2020-10-19', '08:30']).until('2021-03-01');
  expect(story.told).toEqual([...SENT, ...BEFORE, MISSED, MONDAY, 'GenomförandeplanReceived', 'LatenessWithdrawn', 'met 2020-10-16']);
});

test('the plan never comes: the officer is reminded on Monday 19, the manager on Wednesday 21 and then weekly, twelve times', () => {
  const { told } = sends().until('2022-01-01');
  expect(told.slice(0, 8)).toEqual([
    ...SENT,
    ...BEFORE,
    MISSED,
    MONDAY,
    'unit-manager reminded 2020-10-21T06:00:00.000Z',
    'unit-manager reminded 2020-10-28T07:00:00.000Z',
  ]);
  expect(told.slice(8)).toHaveLength(10);
  expect(told.at(-1)).toBe('unit-manager reminded 2021-01-07T07:00:00.000Z');
});

test('the timers stood still from the 10th to 3 November: the missed day with its true moment, the latest reminder to each role, the skipped ones in one fact', () => {
  const story = sends().until('2020-10-10').knocksOnlyAt('2020-11-03', '09:00').until('2020-11-04');
  expect(story.told).toEqual([
    ...SENT,
    BEFORE[0],
    MISSED,
    'superseded: 2020-10-15T06:00:00.000Z to 2020-10-21T06:00:00.000Z',
    MONDAY,
    'unit-manager reminded 2020-10-28T07:00:00.000Z',
  ]);
});

test('a plan that came on the 14th is entered on the 20th: it was never late, reminders stop, and both stay visible', () => {
  const story = sends().does(receiveGenomförandeplan, plan('2020-10-14'), ['2020-10-20', '14:00']).until('2021-03-01');
  expect(story.told).toEqual([...SENT, ...BEFORE, MISSED, MONDAY, 'GenomförandeplanReceived', 'LatenessWithdrawn', 'met 2020-10-14']);
});

test('the plan is returned for clarification: the new day has reminders of its own, and the new version is approved', () => {
  const story = sends()
    .does(receiveGenomförandeplan, plan('2020-10-09'), ['2020-10-09', '09:00'])
    .does(reviewGenomförandeplan, reviewed(1, 'unclear'), ['2020-10-12', '09:00'])
    .does(returnGenomförandeplan, { orderId: ids.order, version: 1, returnedOn: day('2020-10-12'), awaitedOn: day('2020-10-26') }, ['2020-10-12', '09:20'], {
      rule,
    })
    .does(receiveGenomförandeplan, plan('2020-10-23', 'reached-office', 2), ['2020-10-23', '09:00'])
    .does(reviewGenomförandeplan, reviewed(2, 'covered'), ['2020-10-23', '10:00'])
    .does(approveGenomförandeplan, { orderId: ids.order, version: 2, approvedOn: day('2020-10-23') }, ['2020-10-23', '10:05'])
    .until('2021-03-01');
  expect(story.told).toEqual([
    ...SENT,
    BEFORE[0],
    'GenomförandeplanReceived',
    'met 2020-10-09',
    'GenomförandeplanReviewed',
    'GenomförandeplanReturned',
    'due 2020-10-26',
    'case-officer reminded 2020-10-21T06:00:00.000Z',
    'case-officer reminded 2020-10-23T06:00:00.000Z', // the day before is a Sunday
    'GenomförandeplanReceived',
    'met 2020-10-23',
    'GenomförandeplanReviewed',
    'GenomförandeplanApproved',
  ]);
});

test('the order is entered a month late: overdue at once from the true moment; what was to be reminded before is told once, and the manager is reminded on', () => {
  const story = sends('2020-11-02', '09:00').until('2020-11-05');
  expect(story.told).toEqual([
    ...SENT,
    MISSED,
    'past-when-set: 2020-10-09T06:00:00.000Z to 2020-10-28T07:00:00.000Z',
    'unit-manager reminded 2020-11-04T07:00:00.000Z',
  ]);
});

test('a knock that comes late, after the plan, says nothing', () => {
  const { facts } = sends().does(receiveGenomförandeplan, plan('2020-10-16'), ['2020-10-16', '15:00']);
  const set = facts.find(({ type }) => type === 'DeadlineSet');
  if (set?.type !== 'DeadlineSet') throw new Error('No deadline was set.');
  givenFacts(order, ...facts)
    .when(knocked, { deadline: set.data.deadline, generation: 1, rung: 'missed', occurrence: 0 }, on('2020-10-17', '00:00'))
    .thenNothing();
});
