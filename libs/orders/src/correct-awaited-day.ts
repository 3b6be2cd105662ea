import type { Need } from '#libs/commands';
import { Code, DayField, FreeText, Id } from '#libs/fields';
import { event, forbidden, type Day, type Decide } from '#libs/kernel';
import { deadlineRule, moveDeadline, planUntil, type DeadlineRule } from '#libs/timers';
import { CORRECTIONS } from './order.codes.js';
import { AwaitedDayCorrected, type OrderEvent } from './order.events.js';
import { order as orders, planDeadline, type Order } from './order.js';
import { assertAwaitedAfterReturn, assertPlaced } from './order.refusals.js';

/** The last day for the clarified version was recorded wrong. Both stay visible; reminders and lateness follow, also where the version has come. */
export class CorrectAwaitedDay {
  @Id('The order.') orderId!: string;
  @DayField('The last day for the next version, of the plan that was returned last.') awaitedOn!: Day;
  @Code('Why what was recorded was wrong.', CORRECTIONS, 'CorrectionReason') reason!: (typeof CORRECTIONS)[number];
  @FreeText('More about it. Sealed.', { max: 4000, optional: true }) note?: string;
}

/** The rule of the day on which the wait began: a later rule is for what begins later. */
export const ruleOfTheWait: Need<CorrectAwaitedDay, DeadlineRule> = async (reads, command, context) => {
  const { state } = await reads.fold(orders, command.orderId);
  const begun = state.status === 'none' ? undefined : planDeadline(state, state.round)?.plan.startOn;
  return deadlineRule('genomforandeplan', () => begun ?? command.awaitedOn)(reads, command, context);
};

export const correctAwaitedDay: Decide<CorrectAwaitedDay, Order, OrderEvent, { readonly rule: DeadlineRule }> = (
  { awaitedOn, reason, note },
  order,
  { now, rule },
) => {
  assertPlaced(order);
  const wait = order.returnedOn === undefined ? undefined : planDeadline(order, order.round);
  if (order.returnedOn === undefined || wait === undefined) {
    throw forbidden('plan.nothing-returned', {
      sv: 'Ingen plan har återsänts, så ingen handläggare har satt någon dag. De femton dagarna följer den dag beställningen skickades; rätta den om den är fel.',
      en: 'No plan has been returned, so no case officer has set a day. The fifteen days follow the day the order was sent; correct that if it is wrong.',
    });
  }
  const { startOn, dueOn, deadline, unit } = wait.plan;
  if (awaitedOn === dueOn) return [];
  assertAwaitedAfterReturn(awaitedOn, order.returnedOn);
  return [
    event(AwaitedDayCorrected, { orderId: order.orderId, round: order.round, from: dueOn, to: awaitedOn, reason }, note === undefined ? {} : { note }),
    ...moveDeadline(wait, planUntil(rule, startOn, awaitedOn, { deadline, unit }), 'awaited-day-corrected', now),
  ];
};
