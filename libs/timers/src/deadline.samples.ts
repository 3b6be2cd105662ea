import { addDays, day, derivedId, event, instant, startOfDay, type By, type Day, type Instant, type Stream } from '#libs/kernel';
import { given } from '#libs/testing';
import { closeDeadline, metOn, moveDeadline, reopenDeadline, setDeadline } from './deadline-decisions.js';
import type { DeadlinePlan } from './deadline-plan.js';
import { planFor, planUntil, type DeadlineRule } from './deadline-rule.js';
import { genomförandeplanRule } from './default-rules.js';
import {
  DeadlineClosed,
  deadlineEvents,
  DeadlineMet,
  DeadlineMissed,
  DeadlineMoved,
  DeadlineSet,
  LatenessWithdrawn,
  ReminderIssued,
  RemindersSuppressed,
  type DeadlineEvent,
  type SUPPRESSIONS,
} from './deadline.events.js';
import { evolveDeadlines, type Deadlines } from './deadline.js';
import { knock, type KnockedFor } from './knock.js';

/** Samples for specs: case E's order of 1 October 2020, due on Friday 16, and what happens to its deadline. */
export const owner = 'a3f1e3a0-94d0-4c5e-8f0e-6f6c1b7d2a10';
export const id = '1e3c1fd2-3b0a-4a57-8a5e-0d2f6f0c9a01';
export const unit = '5b1f3f0e-6a5f-4c1c-9a55-3c1f8f3d9a02';
const rule: DeadlineRule = { ...genomförandeplanRule, id: '0d6f7a4e-95f5-4a52-9f66-0b6d7a1f1c01', version: 1 };
export const FIVE = 'case-officer-5-calendar-days-before';
export const ONE = 'case-officer-1-calendar-days-before';
export const AFTER = 'case-officer-1-working-days-after';
export const WEEKLY = 'unit-manager-3-working-days-after';

/** Reckoned from a start day by the rule … */
export const from = (start: string): DeadlinePlan => planFor(rule, day(start), { deadline: id, unit });
/** … or to a day that a person chose. */
export const until = (start: string, due: string): DeadlinePlan => planUntil(rule, day(start), day(due), { deadline: id, unit });
export const plan = from('2020-10-01');

/** A moment on the clocks of Stockholm in the summer time of October 2020, until the 25th. */
export const at = (local: string): Instant => instant(`${local}+02:00`);

/** An owner that has deadlines and nothing else. */
export const waits: Stream<Deadlines, DeadlineEvent> = { name: 'wait', events: deadlineEvents, initial: {}, evolve: evolveDeadlines };

const timers: By = { actor: 'timers', role: 'system', unit };

const circumstances = (now: Instant) => ({ now, by: timers, id: owner });

/** Given facts, at that moment: what each decision says. */
export const after = (...facts: DeadlineEvent[]) => {
  const so = given(waits, ...facts);
  return {
    set: (to: DeadlinePlan, now: Instant) => so.when((_command, _state, asked) => setDeadline(to, asked.now), {}, circumstances(now)),
    move: (to: DeadlinePlan, now: Instant) =>
      so.when((_command, state, asked) => moveDeadline(state[id], to, 'start-corrected', asked.now), {}, circumstances(now)),
    reopen: (to: DeadlinePlan, now: Instant) =>
      so.when((_command, state, asked) => reopenDeadline(state[id], to, 'returned', asked.now), {}, circumstances(now)),
    met: (on: string, now: Instant) => so.when((_command, state, asked) => metOn(state[id], day(on), asked.now), {}, circumstances(now)),
    close: (on: string, now: Instant) =>
      so.when((_command, state, asked) => closeDeadline(state[id], day(on), 'order-ended', asked.now), {}, circumstances(now)),
    knock: (command: KnockedFor, now: Instant) => so.when((it: KnockedFor, state, asked) => knock(it, state[id], asked.now), command, circumstances(now)),
  };
};

const about = (generation: number) => ({ deadline: id, type: 'genomforandeplan', generation });
const due = (dueOn: string) => ({ dueOn: day(dueOn), missedAt: startOfDay(addDays(day(dueOn), 1)) });

export const isSet = (to: DeadlinePlan = plan) => event(DeadlineSet, { ...to, generation: 1 });
export const isMoved = (to: DeadlinePlan, generation: number, reason = 'start-corrected') => event(DeadlineMoved, { ...to, reason, generation });
export const isMissed = (generation = 1, dueOn = '2020-10-16') => event(DeadlineMissed, { ...about(generation), ...due(dueOn) });
export const isWithdrawn = (generation = 2, dueOn = '2020-10-16') => event(LatenessWithdrawn, { ...about(generation), ...due(dueOn) });
export const isMet = (on: string, generation: number, dueOn: Day | string = '2020-10-16') =>
  event(DeadlineMet, { ...about(generation), dueOn: day(dueOn), metOn: day(on) });
export const isClosed = (on: string, generation: number, dueOn = '2020-10-16') =>
  event(DeadlineClosed, { ...about(generation), dueOn: day(dueOn), closedOn: day(on), reason: 'order-ended' });

const roleOf = (rung: string): string => rung.slice(0, rung.search(/-\d/));

export const isIssued = (rung: string, dueAt: Instant, { generation = 1, occurrence = 0, dueOn = '2020-10-16' } = {}) =>
  event(ReminderIssued, {
    ...about(generation),
    reminder: derivedId(id, generation, rung, occurrence),
    rung,
    occurrence,
    role: roleOf(rung),
    unit,
    dueOn: day(dueOn),
    dueAt,
    ...(rung === WEEKLY && { escalation: true as const }),
  });

/** @param ranges of each rung the first and the last reminder that were not issued */
export const isSuppressed = (
  reason: (typeof SUPPRESSIONS)[number],
  [fromAt, toAt]: [Instant, Instant],
  ranges: [rung: string, first: number, last: number][],
  generation = 1,
) =>
  event(RemindersSuppressed, {
    ...about(generation),
    reason,
    fromAt,
    toAt,
    reminders: ranges.map(([rung, first, last]) => ({ rung, role: roleOf(rung), first, last })),
  });
