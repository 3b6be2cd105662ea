import { Code, DayField, FreeText, Id, Int } from '#libs/fields';
import { contradictory, event, isAfter, type Day, type Decide } from '#libs/kernel';
import { ARRIVALS, CORRECTIONS } from './order.codes.js';
import { ReceivedDayCorrected, type OrderEvent } from './order.events.js';
import { answered, type Order } from './order.js';
import { assertPlaced } from './order.refusals.js';
import { receptionOf } from './reception.js';

/** The day or the way a plan came in was recorded wrong. Both stay visible; lateness follows. */
export class CorrectReceivedDay {
  @Id('The order.') orderId!: string;
  @Int('Which plan.', { min: 1 }) version!: number;
  @DayField('The day it lay at the office.') arrivedOn!: Day;
  @Code('How it reached the office.', ARRIVALS, 'Arrival') arrival!: (typeof ARRIVALS)[number];
  @Code('Why what was recorded was wrong.', CORRECTIONS, 'CorrectionReason') reason!: (typeof CORRECTIONS)[number];
  @FreeText('More about it. Sealed.', { max: 4000, optional: true }) note?: string;
}

export const correctReceivedDay: Decide<CorrectReceivedDay, Order, OrderEvent> = (command, order, { now, today }) => {
  assertPlaced(order);
  const { version, reason, note } = command;
  const plan = order.plans.find((known) => known.version === version);
  if (!plan)
    throw contradictory('plan.unknown', { sv: `Det finns ingen version ${version} av planen.`, en: `There is no version ${version} of the plan.` }, '/version');
  const reception = receptionOf(command, order.sentOn, today);
  if (reception.receivedOn === plan.receivedOn) return [];
  if (order.status === 'ended' && isAfter(reception.arrivedOn, order.endedOn)) {
    throw contradictory(
      'plan.received-after-end',
      {
        sv: `Beställningen avslutades ${order.endedOn}; ingen plan väntades därefter.`,
        en: `The order ended on ${order.endedOn}; no plan was awaited after that.`,
      },
      '/arrivedOn',
    );
  }
  const others = order.plans.filter((known) => known.version !== version);
  return [
    event(ReceivedDayCorrected, { orderId: order.orderId, version, from: plan.receivedOn, ...reception, reason }, note === undefined ? {} : { note }),
    ...answered(order, plan.round, reception.receivedOn, others, now),
  ];
};
