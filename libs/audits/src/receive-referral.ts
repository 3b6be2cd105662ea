import { DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, forbidden, isBefore, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { ReferralReceived, type AuditEvent } from './audit.events.js';
import type { Audit, Referral, RegisteredAudit } from './audit.js';
import { assertRegistered } from './audit.refusals.js';
import { assertNotFuture } from './obligation.refusals.js';
import { assertOwnBoard } from './own-board.js';

/** A board’s registry has received the report, under the board’s own number. The same again with another day or number corrects it. */
export class ReceiveReferral {
  @Id('The audit.') audit!: string;
  @Id('The board.') board!: string;
  @DayField('The day it came in.') on!: Day;
  @FreeText('The board’s own registry number.', { max: 60, optional: true }) registryNumber?: string;
}

export const receiveReferral: Decide<ReceiveReferral, Audit, AuditEvent, { readonly organisation: Register }> = (
  { board, on, registryNumber },
  audit,
  { by, today, organisation },
) => {
  assertRegistered(audit);
  assertOwnBoard(board, { by, today }, organisation);
  const { received } = assertReferred(audit, board);
  if (received?.on === on && received.registryNumber === registryNumber) return [];
  assertNotFuture(on, today, '/on');
  const { handedOverOn } = audit.report;
  if (handedOverOn !== undefined && isBefore(on, handedOverOn))
    throw contradictory(
      'referral.received-too-early',
      {
        sv: `Rapporten överlämnades ${handedOverOn} och kan inte ha kommit in ${on}. Rätta den dag som är fel.`,
        en: `The report was handed over on ${handedOverOn} and cannot have come in on ${on}. Correct the day that is wrong.`,
      },
      '/on',
    );
  // Registries are older than any rule of ours: a number of another form is warned of and kept.
  const patternKnown = registryNumber === undefined || organisation.registryNumberKnown(board, registryNumber);
  return [event(ReferralReceived, { audit: audit.audit, board, on, ...(registryNumber !== undefined && { registryNumber }), patternKnown })];
};

/** The referral to a board. @throws Refusal `referral.unknown` where the report was not referred to it */
export const assertReferred = (audit: RegisteredAudit, board: string): Referral => {
  const referral = audit.referrals[board];
  if (!referral)
    throw forbidden('referral.unknown', {
      sv: 'Rapporten är inte överlämnad till nämnden. Registrera överlämnandet först.',
      en: 'The report is not referred to the board. Record the referral first.',
    });
  return referral;
};
