import { DayField, FreeText, Id, ListOfSha256 } from '#libs/fields';
import { assertStored, type KnownDocuments } from '#libs/documents';
import { event, type Day, type Decide } from '#libs/kernel';
import { ProgressReported, type ActionEvent } from './action.events.js';
import type { Action } from './action.js';
import { assertGoesOn, assertNotFuture } from './action.refusals.js';
import { MAX_DOCUMENTS } from './propose-action.js';

/** How far an action has come, with what shows it. */
export class ReportProgress {
  @Id('The corrective action.') action!: string;
  @FreeText('How far it has come.', { max: 8000 }) note!: string;
  @DayField('The day that it tells of; today where left out.', { optional: true }) on?: Day;
  @ListOfSha256('What shows it.', { max: MAX_DOCUMENTS, optional: true }) documents?: string[];
}

export const reportProgress: Decide<ReportProgress, Action, ActionEvent, { readonly evidence: KnownDocuments }> = (
  { note, on, documents = [] },
  action,
  { today, evidence },
) => {
  assertGoesOn(action);
  assertNotFuture(on ?? today, today, '/on');
  assertStored(evidence, documents);
  return [event(ProgressReported, { action: action.action, on: on ?? today, note, documents })];
};
