import type { Context, Need } from '#libs/commands';
import { isBefore, stockholmDay, type Day } from '#libs/kernel';
import { deadlineRule, type DeadlineRule } from '#libs/timers';
import { reply as replies, replyDeadline, type Reply } from './reply.js';

/** Whom the reminders about a reply go to, where the rule says whoever is responsible: the one who follows the board's promises. */
export const RESPONSIBLE = 'process-owner';

/** Day 0 of a reply's deadline: the day the report was handed over; where that is unknown, the day on which it was recorded. */
export const startOf = (referredOn: Day | undefined, dueOn: Day, today: Day): Day => {
  const start = referredOn ?? today;
  return isBefore(dueOn, start) ? dueOn : start;
};

/** The rule of a reply's deadline; undefined where there is no last day. A deadline that is set keeps the rule of the day it began. */
export const replyRule =
  <C>(
    id: (command: C) => string,
    dueOn: (command: C) => Day | undefined,
    referredOn: (command: C) => Day | undefined = () => undefined,
  ): Need<C, DeadlineRule | undefined> =>
  async (reads, command, context) => {
    const due = dueOn(command);
    if (due === undefined) return { value: undefined };
    const { state } = await reads.fold(replies, id(command));
    const start = begunOn(state) ?? startOf(referredOn(command), due, dayOf(context));
    return deadlineRule('reply', () => start)(reads, command, context);
  };

const dayOf = ({ now }: Context): Day => stockholmDay(now);

/** Day 0 of the deadline that is set. */
export const begunOn = (state: Reply): Day | undefined => (state.status === 'none' ? undefined : replyDeadline(state)?.plan.startOn);
