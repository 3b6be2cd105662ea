import { DayField, FreeText, Id, ListOfSha256 } from '#libs/fields';
import { assertStored, type KnownDocuments } from '#libs/documents';
import { contradictory, event, forbidden, type Day, type Decide, type Refusal } from '#libs/kernel';
import type { RuleOn } from './action-rules.js';
import { ActionDone, type ActionEvent } from './action.events.js';
import { stands, type Action } from './action.js';
import { assertNotFuture, assertOpen } from './action.refusals.js';
import { MAX_DOCUMENTS } from './propose-action.js';
import { wasDone } from './waits.js';

/** A promised action has been done: on which day, and what shows it. Where the rule asks for it, a second role confirms. */
export class MarkDone {
  @Id('The corrective action.') action!: string;
  @DayField('The day it was done.') doneOn!: Day;
  @ListOfSha256('Evidence: at least one stored document.', { max: MAX_DOCUMENTS, optional: true }) documents?: string[];
  @FreeText('More about it.', { max: 8000, optional: true }) note?: string;
}

export interface DoneNeeds {
  readonly rules: RuleOn;
  readonly evidence: KnownDocuments;
}

export const markDone: Decide<MarkDone, Action, ActionEvent, DoneNeeds> = ({ doneOn, documents = [], note }, action, { today, now, rules, evidence }) => {
  if (action.status === 'done' && action.doneOn === doneOn) return [];
  if (action.status === 'marked-done' && action.marked.doneOn === doneOn) return [];
  assertOpen(action);
  if (action.kind !== 'promised') throw notToBeDone(action.kind);
  assertNotFuture(doneOn, today, '/doneOn');
  assertEvidence(documents);
  assertStored(evidence, documents);
  const confirmed = !rules(today).confirmDone;
  return [
    event(ActionDone, {
      action: action.action,
      doneOn,
      documents,
      ...(note !== undefined && { note }),
      confirmed,
      obligations: [...action.obligations],
      stands: stands(action, confirmed ? 'done' : 'promised'),
    }),
    ...wasDone(action, doneOn, now),
  ];
};

/** Refuses what is said to have been done with nothing that shows it. */
export const assertEvidence = (documents: readonly string[]): void => {
  if (documents.length === 0) {
    throw contradictory(
      'action.evidence-missing',
      {
        sv: 'Underlag saknas. Ladda upp den handling som visar det och ange dess SHA-256 i documents.',
        en: 'Evidence is missing. Upload the document that shows it and give its SHA-256 in documents.',
      },
      '/documents',
    );
  }
};

const notToBeDone = (kind: 'already-done' | 'ongoing'): Refusal =>
  kind === 'ongoing'
    ? forbidden('action.ongoing', {
        sv: 'En pågående åtgärd blir inte genomförd: anteckna varje tillfälle, och avsluta den genom beslut.',
        en: 'An ongoing action does not become done: record each occasion, and end it by a decision.',
      })
    : forbidden('action.stated-done', {
        sv: 'Åtgärden uppges redan vara genomförd. Lägg till underlag som visar det.',
        en: 'The action is stated to be done already. Add the evidence that shows it.',
      });
