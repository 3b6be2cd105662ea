import { Code, DayField, FreeText, Id, Int } from '#libs/fields';
import { contradictory, event, isAfter, type Day, type Decide } from '#libs/kernel';
import { ARRIVALS, CORRECTIONS } from './order.codes.js';
import { ReceivedDayCorrected, type OrderEvent } from './order.events.js';
import type { Ended, Order, Plan, Running } from './order.js';
import { assertPlaced } from './order.refusals.js';
import { receptionOf } from './reception.js';
import { lastToCome, settled, waitOn } from './waits.js';

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
  if (plan.arrivedOn === reception.arrivedOn && plan.arrival === reception.arrival) return [];
  assertWhileItRan(order, plan, reception.receivedOn);
  if (plan.decidedOn !== undefined && isAfter(reception.arrivedOn, plan.decidedOn)) {
    throw contradictory(
      'plan.received-after-decision',
      {
        sv: `Version ${version} återsändes eller godkändes ${plan.decidedOn} och kan inte ha kommit in senare, ${reception.arrivedOn}.`,
        en: `Version ${version} was returned or approved on ${plan.decidedOn} and cannot have come in later, on ${reception.arrivedOn}.`,
      },
      '/arrivedOn',
    );
  }
  const round = waitOn(order, reception.arrivedOn, plan);
  const plans = order.plans.map((known) => (known === plan ? { ...plan, ...reception, round } : known));
  return [
    event(
      ReceivedDayCorrected,
      { orderId: order.orderId, version, round, latest: lastToCome(plans), from: plan.receivedOn, ...reception, reason },
      note === undefined ? {} : { note },
    ),
    ...settled(order, plan.round, plans, now),
    ...(round === plan.round ? [] : settled(order, round, plans, now)),
  ];
};

/** A plan that is known to have come after the end may have another such day; one that came while the order ran may not. */
const assertWhileItRan = (order: Running | Ended, plan: Plan, receivedOn: Day): void => {
  if (order.status !== 'ended' || !isAfter(receivedOn, order.endedOn) || isAfter(plan.receivedOn, order.endedOn)) return;
  throw contradictory(
    'plan.received-after-end',
    {
      sv: `Beställningen avslutades ${order.endedOn}; ingen plan väntades därefter.`,
      en: `The order ended on ${order.endedOn}; no plan was awaited after that.`,
    },
    '/arrivedOn',
  );
};
