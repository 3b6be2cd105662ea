import { DayField, FreeText, Id, Int } from '#libs/fields';
import { contradictory, event, forbidden, isBefore, type Day, type Decide } from '#libs/kernel';
import { moveDeadline, planUntil, setDeadline, type DeadlineRule } from '#libs/timers';
import { GenomförandeplanReturned, type OrderEvent } from './order.events.js';
import { planDeadlineId, type Order } from './order.js';
import { assertAwaitedAfterReturn, assertNotFuture, assertRuns } from './order.refusals.js';
import { assertLatest } from './review-genomforandeplan.js';
import { openWait } from './waits.js';

/** The reviewed plan needs clarifying: it goes back to the provider, and a new version is awaited by a new day. */
export class ReturnGenomförandeplan {
  @Id('The order.') orderId!: string;
  @Int('The version that is returned: the latest.', { min: 1 }) version!: number;
  @DayField('The day it was returned.') returnedOn!: Day;
  @DayField('The last day for the next version.') awaitedOn!: Day;
  @FreeText('What is to be clarified. Sealed.', { max: 4000, optional: true }) note?: string;
}

export const returnGenomförandeplan: Decide<ReturnGenomförandeplan, Order, OrderEvent, { readonly rule: DeadlineRule }> = (
  { version, returnedOn, awaitedOn, note },
  order,
  { now, today, rule },
) => {
  assertRuns(order);
  const { arrivedOn } = assertLatest(order, version);
  if (order.status !== 'reviewed')
    throw forbidden('plan.not-reviewed', {
      sv: 'Planen är inte granskad än; granska den först, mål för mål.',
      en: 'The plan has not been reviewed yet; review it first, goal by goal.',
    });
  if (order.complete) {
    throw forbidden('plan.nothing-to-clarify', {
      sv: 'Granskningen fann alla mål täckta och planen möjlig att följa upp. Granska om den, eller godkänn den.',
      en: 'The review found every goal covered and the plan possible to follow up. Review it again, or approve it.',
    });
  }
  assertNotFuture(returnedOn, today, '/returnedOn');
  if (isBefore(returnedOn, arrivedOn)) {
    throw contradictory(
      'plan.returned-before-received',
      {
        sv: `Planen kom in ${arrivedOn} och kan inte ha återsänts ${returnedOn}.`,
        en: `The plan came in on ${arrivedOn} and cannot have been returned on ${returnedOn}.`,
      },
      '/returnedOn',
    );
  }
  assertAwaitedAfterReturn(awaitedOn, returnedOn);
  const open = openWait(order); // the returned version had come before that wait began: it goes on, until a new day
  const round = open ? order.round : order.round + 1;
  const plan = planUntil(rule, open?.plan.startOn ?? returnedOn, awaitedOn, { deadline: planDeadlineId(order.orderId, round), unit: order.unit });
  return [
    event(GenomförandeplanReturned, { orderId: order.orderId, version, round, returnedOn, awaitedOn }, note === undefined ? {} : { note }),
    ...(open ? moveDeadline(open, plan, 'returned-again', now) : setDeadline(plan, now)),
  ];
};
