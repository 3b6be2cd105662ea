import { DayField, Id, ListOfSha256, Sha256 } from '#libs/fields';
import { assertStored, type KnownDocuments } from '#libs/documents';
import { event, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { ProposalReportWritten, type AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertNotFuture, assertRegistered, foundVersion, nameOf } from './agreement.refusals.js';
import { noParty } from './set-agreement-number.js';

/** The officer’s report (tjänsteutlåtande) by which an administration proposes the agreement to its board. Consultations may come before or after it. */
export class WriteProposalReport {
  @Id('The agreement.') agreement!: string;
  @Id('The party to which it was written.') board!: string;
  @DayField('The day that it is dated.') on!: Day;
  @Sha256('The version that it proposes.', { optional: true }) version?: string;
  @ListOfSha256('The report itself, among the stored documents.', { max: 10, optional: true }) documents?: string[];
}

export const writeProposalReport: Decide<
  WriteProposalReport,
  Agreement,
  AgreementEvent,
  { readonly organisation: Register; readonly evidence: KnownDocuments }
> = ({ agreement, board, on, version, documents }, state, { today, organisation, evidence }) => {
  assertRegistered(state);
  assertNotFuture(on, today);
  if (!state.numbers.some((one) => one.board === board)) throw noParty(nameOf(organisation, board), '/board');
  if (version !== undefined) foundVersion(state, version);
  assertStored(evidence, documents);
  const cited = documents === undefined || documents.length === 0 ? undefined : documents;
  const known = state.reports.some(
    (one) => one.board === board && one.on === on && one.version === version && (one.documents ?? []).join() === (cited ?? []).join(),
  );
  return known ? [] : [event(ProposalReportWritten, { agreement, board, on, ...(version !== undefined && { version }), ...(cited && { documents: cited }) })];
};
