import { Code, DayField, FreeText, Id, ListOf, ListOfCodes, Nested } from '#libs/fields';
import { contradictory, derivedId, event, forbidden, isBefore, type Day, type Decide } from '#libs/kernel';
import { unknownProvider, type Register } from '#libs/organisation';
import { planFor, setDeadline, type DeadlineRule } from '#libs/timers';
import { OVERALL_GOALS, SERVICES } from './order.codes.js';
import { ServiceOrderSent, type OrderEvent } from './order.events.js';
import { planDeadlineId, type Order } from './order.js';
import { assertNotFuture } from './order.refusals.js';

/** Who is to have the service. Sealed: only the order's own page opens it. */
export class ServiceUser {
  @FreeText('Name of the service user.', { max: 200 }) name!: string;
  @FreeText('Personnummer, where it is known.', { max: 20, optional: true }) personalNumber?: string;
}

/** An individual goal, worded by the service user together with the case officer. */
export class SubGoal {
  @FreeText('The goal, as it is worded in the order.', { max: 2000 }) wording!: string;
}

/** A service order is sent to a provider; its genomförandeplan is awaited within fifteen days. */
export class SendServiceOrder {
  @Id('The new order, where the sender names it; else the answer does.', { optional: true }) orderId?: string;
  @Id('Who is to carry out the service.') provider!: string;
  @Code('What is to be carried out.', SERVICES, 'Service') service!: (typeof SERVICES)[number];
  @DayField('The day it was sent: day 0 of the fifteen.') sentOn!: Day;
  @ListOfCodes('The city’s overall goals.', OVERALL_GOALS, 'OverallGoal') overallGoals!: readonly (typeof OVERALL_GOALS)[number][];
  @ListOf(() => SubGoal, { min: 1, max: 50 }) subGoals!: readonly SubGoal[];
  @Nested(() => ServiceUser) serviceUser!: ServiceUser;
  @Id('The order that this one ends: the service is changed, prolonged or moved.', { optional: true }) replaces?: string;
}

export interface SendNeeds {
  readonly rule: DeadlineRule;
  readonly organisation: Register;
  /** The order to be replaced, where there is one. */
  readonly replaced: Order | undefined;
}

export const sendServiceOrder: Decide<SendServiceOrder, Order, OrderEvent, SendNeeds> = (
  command,
  order,
  { id: orderId, now, today, by, subject, rule, organisation, replaced },
) => {
  if (order.status !== 'none') {
    throw forbidden('order.exists', {
      sv: 'Det finns redan en beställning med detta id. Utelämna orderId, så får den nya ett eget.',
      en: 'There is already an order with this id. Leave orderId out and the new one gets its own.',
    });
  }
  const { provider, service, sentOn, overallGoals, subGoals, serviceUser, replaces } = command;
  assertNotFuture(sentOn, today, '/sentOn');
  if (!organisation.provider(provider)) throw unknownProvider();
  if (replaces !== undefined) assertReplaceable(replaced, by.unit, sentOn);
  const overall = overallGoals.map((code, index) => ({ goal: derivedId(orderId, 'overall', index), overall: code }));
  const sub = subGoals.map(({ wording }, index) => ({ goal: derivedId(orderId, 'sub', index), wording }));
  return [
    event(
      ServiceOrderSent,
      {
        orderId,
        subject,
        unit: by.unit,
        provider,
        service,
        sentOn,
        goals: [...overall, ...sub.map(({ goal }) => ({ goal }))],
        ...(replaces !== undefined && { replaces }),
      },
      { serviceUser, goals: sub },
    ),
    ...setDeadline(planFor(rule, sentOn, { deadline: planDeadlineId(orderId, 0), unit: by.unit }), now),
  ];
};

const assertReplaceable = (replaced: Order | undefined, unit: string, sentOn: Day): void => {
  if (replaced === undefined || replaced.status === 'none' || replaced.unit !== unit) {
    throw contradictory(
      'order.replaced-unknown',
      { sv: 'Beställningen som ska ersättas finns inte på din enhet.', en: 'The order to be replaced is not one of your unit’s.' },
      '/replaces',
    );
  }
  if (replaced.status === 'ended') {
    throw contradictory(
      'order.replaced-ended',
      {
        sv: `Beställningen som ska ersättas avslutades redan ${replaced.endedOn}. Skicka den nya utan replaces.`,
        en: `The order to be replaced ended already on ${replaced.endedOn}. Send the new one without replaces.`,
      },
      '/replaces',
    );
  }
  if (isBefore(sentOn, replaced.sentOn)) {
    throw contradictory(
      'order.replaced-later',
      {
        sv: `Den nya beställningen skickades ${sentOn}, före den som ska ersättas (${replaced.sentOn}).`,
        en: `The new order was sent on ${sentOn}, before the one it replaces (${replaced.sentOn}).`,
      },
      '/sentOn',
    );
  }
};
