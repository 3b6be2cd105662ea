import { assertStored, type KnownDocuments } from '#libs/documents';
import { DayField, Id, ListOfSha256 } from '#libs/fields';
import { event, forbidden, unknown, type Day, type Decide } from '#libs/kernel';
import { metOn } from '#libs/timers';
import { DocumentsDelivered, type ObligationEvent } from './obligation.events.js';
import { requestDeadlineId, type Obligation } from './obligation.js';
import { assertArisen, assertNotFuture } from './obligation.refusals.js';

/** The board hands the auditors what they asked for. */
export class DeliverDocuments {
  @Id('The obligation.') obligation!: string;
  @Id('The request.') request!: string;
  @ListOfSha256('The documents, stored before.', { min: 1, max: 50 }) documents!: string[];
  @DayField('The day they were handed over.') on!: Day;
}

export const deliverDocuments: Decide<DeliverDocuments, Obligation, ObligationEvent, { readonly known: KnownDocuments }> = (
  { request, documents, on },
  obligation,
  { now, today, known },
) => {
  assertArisen(obligation);
  const asked = obligation.requests.find((one) => one.request === request);
  if (!asked) throw unknown('request.unknown', { sv: 'Någon sådan begäran finns inte.', en: 'There is no such request.' });
  const { delivered } = asked;
  if (delivered) {
    if (delivered.on === on && delivered.documents.toSorted().join() === documents.toSorted().join()) return [];
    throw forbidden('request.answered', {
      sv: `Det begärda lämnades ${delivered.on}. Vill revisorerna ha mer begär de det på nytt.`,
      en: `What was asked for was handed over on ${delivered.on}. If the auditors want more they ask again.`,
    });
  }
  assertNotFuture(on, today, '/on');
  assertStored(known, documents);
  return [
    event(DocumentsDelivered, { obligation: obligation.obligation, request, documents, on }),
    ...metOn(obligation.deadlines[requestDeadlineId(request)], on, now),
  ];
};
