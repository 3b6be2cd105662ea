import { Code, DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, isAfter, type Day, type Decide } from '#libs/kernel';
import { moveDeadline, planFor, type DeadlineRule } from '#libs/timers';
import { CORRECTIONS } from './order.codes.js';
import { SentDayCorrected, type OrderEvent } from './order.events.js';
import { planDeadline, planDeadlineId, type Order, type Placed } from './order.js';
import { assertNotFuture, assertPlaced } from './order.refusals.js';

/** The day of sending was recorded wrong: the fifteen days are counted anew from the right one. */
export class CorrectSentDay {
  @Id('The order.') orderId!: string;
  @DayField('The day it was sent.') sentOn!: Day;
  @Code('Why what was recorded was wrong.', CORRECTIONS, 'CorrectionReason') reason!: (typeof CORRECTIONS)[number];
  @FreeText('More about it. Sealed.', { max: 4000, optional: true }) note?: string;
}

export const correctSentDay: Decide<CorrectSentDay, Order, OrderEvent, { readonly rule: DeadlineRule }> = (
  { sentOn, reason, note },
  order,
  { now, today, rule },
) => {
  assertPlaced(order);
  if (sentOn === order.sentOn) return [];
  assertNotFuture(sentOn, today, '/sentOn');
  assertBeforeWhatFollowed(sentOn, order);
  const plan = planFor(rule, sentOn, { deadline: planDeadlineId(order.orderId, 0), unit: order.unit });
  return [
    event(SentDayCorrected, { orderId: order.orderId, from: order.sentOn, to: sentOn, reason }, note === undefined ? {} : { note }),
    ...moveDeadline(planDeadline(order, 0), plan, 'start-corrected', now),
  ];
};

const assertBeforeWhatFollowed = (sentOn: Day, order: Placed & { readonly endedOn?: Day }): void => {
  const early = order.plans.find(({ receivedOn }) => isAfter(sentOn, receivedOn));
  if (early) {
    throw contradictory(
      'order.sent-after-received',
      {
        sv: `En plan kom in ${early.receivedOn}; beställningen kan inte ha skickats senare, ${sentOn}.`,
        en: `A plan came in on ${early.receivedOn}; the order cannot have been sent later, on ${sentOn}.`,
      },
      '/sentOn',
    );
  }
  if (order.endedOn !== undefined && isAfter(sentOn, order.endedOn)) {
    throw contradictory(
      'order.sent-after-ended',
      {
        sv: `Beställningen avslutades ${order.endedOn}; den kan inte ha skickats senare, ${sentOn}.`,
        en: `The order ended on ${order.endedOn}; it cannot have been sent later, on ${sentOn}.`,
      },
      '/sentOn',
    );
  }
};
