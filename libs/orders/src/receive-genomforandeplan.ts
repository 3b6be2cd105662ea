import { Code, DayField, FreeText, Id, Nested, Sha256 } from '#libs/fields';
import { event, isAfter, never, type Day, type Decide } from '#libs/kernel';
import { ARRIVALS } from './order.codes.js';
import { GenomförandeplanReceived, type OrderEvent } from './order.events.js';
import { answered, type Ended, type Order, type Running } from './order.js';
import { noSuchOrder, orderHasEnded } from './order.refusals.js';
import { receptionOf } from './reception.js';

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
  const received = (to: Running | Ended): OrderEvent[] => {
    const { sha256, reference } = command.document;
    if (to.plans.some((plan) => plan.sha256 === sha256)) return []; // the same paper twice says nothing new
    const reception = receptionOf(command, to.sentOn, today);
    return [
      event(
        GenomförandeplanReceived,
        { orderId: to.orderId, version: to.plans.length + 1, ...reception, sha256 },
        reference === undefined ? {} : { reference },
      ),
      ...answered(to, to.round, reception.receivedOn, to.plans, now),
    ];
  };
  switch (order.status) {
    case 'none':
      throw noSuchOrder();
    case 'ended':
      if (isAfter(command.arrivedOn, order.endedOn)) throw orderHasEnded(order);
      return received(order); // came in while it ran, entered late
    case 'awaiting-plan':
    case 'received':
    case 'reviewed':
    case 'approved':
      return received(order);
    default:
      return never(order);
  }
};
