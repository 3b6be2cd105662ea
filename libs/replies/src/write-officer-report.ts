import { DayField, FreeText, Id, ListOfSha256 } from '#libs/fields';
import { assertStored, type KnownDocuments } from '#libs/documents';
import { event, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { OfficerReportWritten, type ReplyEvent } from './reply.events.js';
import { of, standing, type Reply } from './reply.js';
import { assertAwaited, assertPrepared } from './reply.refusals.js';

/** The administration has written its officer's report (tjänsteutlåtande), which proposes the reply. A later one takes the place of an earlier. */
export class WriteOfficerReport {
  @Id('The reply.') reply!: string;
  @DayField('The day of the officer’s report.') on!: Day;
  @FreeText('The board’s own number for the matter.', { max: 60, optional: true }) registryNumber?: string;
  @ListOfSha256('The report itself, and what belongs to it.', { max: 50, optional: true }) documents?: string[];
}

export interface ReportNeeds {
  readonly register: Register;
  readonly stored: KnownDocuments;
}

export const writeOfficerReport: Decide<WriteOfficerReport, Reply, ReplyEvent, ReportNeeds> = (command, state, { today, register, stored }) => {
  const { on, registryNumber, documents } = command;
  assertAwaited(state);
  assertPrepared(on, state, today);
  assertStored(stored, documents);
  const known = state.officerReport;
  const same = known?.on === on && known.registryNumber === registryNumber && JSON.stringify(known.documents ?? []) === JSON.stringify(documents ?? []);
  if (same) return [];
  return [
    event(OfficerReportWritten, {
      ...of(state),
      stands: standing({ ...state, officerReport: { on } }),
      on,
      ...(registryNumber !== undefined && { registryNumber, patternKnown: register.registryNumberKnown(state.board, registryNumber) }),
      ...(documents && { documents }),
    }),
  ];
};
