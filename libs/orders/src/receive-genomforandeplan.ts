import { Code, DayField, FreeText, Id, Nested, Sha256 } from '#libs/fields';
import { event, isAfter, type Day, type Decide } from '#libs/kernel';
import { ARRIVALS } from './order.codes.js';
import { GenomförandeplanReceived, type OrderEvent } from './order.events.js';
import type { Order, Plan } from './order.js';
import { assertPlaced, orderHasEnded } from './order.refusals.js';
import { receptionOf } from './reception.js';
import { lastToCome, settled, waitOn } from './waits.js';

/** Where a document lies in the individual's journal, and how to know it again. */
export class JournalDocument {
  @Sha256('SHA-256 of the document.') sha256!: string;
  @FreeText('Where it lies in the journal. Sealed.', { max: 500, optional: true }) reference?: string;
}

/** A genomförandeplan has come in from the provider: the first, or a new version. */
export class ReceiveGenomförandeplan {
  @Id('The order that the plan answers.') orderId!: string;
  @DayField('The day it lay at the office.') arrivedOn!: Day;
  @Code('How it reached the office; decides which day it counts as received (förvaltningslagen 22 §).', ARRIVALS, 'Arrival')
  arrival!: (typeof ARRIVALS)[number];
  @Nested(() => JournalDocument) document!: JournalDocument;
}

export const receiveGenomförandeplan: Decide<ReceiveGenomförandeplan, Order, OrderEvent> = (command, order, { today, now }) => {
  assertPlaced(order);
  const { sha256, reference } = command.document;
  if (order.plans.some((plan) => plan.sha256 === sha256)) return []; // the same paper twice says nothing new
  const reception = receptionOf(command, order.sentOn, today);
  // What came in while it ran may be entered after.
  if (order.status === 'ended' && isAfter(reception.receivedOn, order.endedOn)) throw orderHasEnded(order);
  const plan: Plan = { version: order.plans.length + 1, round: waitOn(order, reception.arrivedOn), ...reception, sha256 };
  const plans = [...order.plans, plan];
  return [
    event(GenomförandeplanReceived, { orderId: order.orderId, ...plan, latest: lastToCome(plans) }, reference === undefined ? {} : { reference }),
    ...settled(order, plan.round, plans, now),
  ];
};
