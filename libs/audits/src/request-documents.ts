import { DayField, FreeText, Id } from '#libs/fields';
import { contradictory, derivedId, event, isAfter, type Day, type Decide } from '#libs/kernel';
import { planUntil, setDeadline, type DeadlineRule } from '#libs/timers';
import { RESPONSIBLE_FOR_OBLIGATIONS } from './last-day.js';
import { DocumentsRequested, type ObligationEvent } from './obligation.events.js';
import { boardOfObligation, openRequests, requestDeadlineId, type Obligation } from './obligation.js';
import { assertStands } from './obligation.refusals.js';

/** The auditors ask the board for documents by a day: boards and their staff shall hand over what the audit needs (KL 12:9). */
export class RequestDocuments {
  @Id('The obligation.') obligation!: string;
  @FreeText('What is asked for.', { max: 2000 }) what!: string;
  @DayField('The last day for it.') by!: Day;
}

export const requestDocuments: Decide<RequestDocuments, Obligation, ObligationEvent, { readonly rule: DeadlineRule }> = (
  { what, by },
  obligation,
  { now, today, rule },
) => {
  assertStands(obligation);
  if (openRequests(obligation.requests).some((open) => open.what === what && open.by === by)) return [];
  if (!isAfter(by, today))
    throw contradictory(
      'request.too-early',
      { sv: `Ge nämnden åtminstone till dagen efter ${today}.`, en: `Give the board until the day after ${today} at least.` },
      '/by',
    );
  const request = derivedId(obligation.obligation, 'request', obligation.requests.length);
  const plan = planUntil(rule, today, by, {
    deadline: requestDeadlineId(request),
    unit: boardOfObligation(obligation) ?? obligation.board,
    responsible: RESPONSIBLE_FOR_OBLIGATIONS,
  });
  return [event(DocumentsRequested, { obligation: obligation.obligation, request, what, by }), ...setDeadline(plan, now)];
};
