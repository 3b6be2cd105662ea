import { FreeText, Id, ListOfSha256 } from '#libs/fields';
import { assertStored, type KnownDocuments } from '#libs/documents';
import { event, forbidden, type Decide } from '#libs/kernel';
import { EvidenceAdded, type ActionEvent } from './action.events.js';
import { stands, toldStatus, type Action } from './action.js';
import { assertKnown } from './action.refusals.js';
import { assertEvidence } from './mark-done.js';
import { MAX_DOCUMENTS } from './propose-action.js';

/** What shows that an action was done. One that was stated to be done already is, once there is evidence. */
export class AddEvidence {
  @Id('The corrective action.') action!: string;
  @ListOfSha256('Evidence: at least one stored document.', { max: MAX_DOCUMENTS, optional: true }) documents?: string[];
  @FreeText('More about it.', { max: 8000, optional: true }) note?: string;
}

export const addEvidence: Decide<AddEvidence, Action, ActionEvent, { readonly evidence: KnownDocuments }> = (
  { documents = [], note },
  action,
  { evidence },
) => {
  assertKnown(action);
  if (action.status === 'dropped' || action.status === 'transferred' || action.status === 'withdrawn') {
    throw forbidden('action.not-carried-out', {
      sv: 'Åtgärden är struken, överförd eller återtagen. Lägg underlaget till den åtgärd som gäller.',
      en: 'The action is dropped, transferred or withdrawn. Add the evidence to the action that holds.',
    });
  }
  assertEvidence(documents);
  assertStored(evidence, documents);
  const fresh = documents.filter((sha256) => !action.documents.includes(sha256));
  if (fresh.length === 0) return [];
  const shown = action.kind === 'already-done' && action.status === 'promised';
  return [
    event(EvidenceAdded, {
      action: action.action,
      documents: fresh,
      ...(note !== undefined && { note }),
      obligations: [...action.obligations],
      stands: stands(action, shown ? 'done' : toldStatus(action.status)),
    }),
  ];
};
