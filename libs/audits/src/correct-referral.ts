import { FreeText } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { ReferralCorrected, type AuditEvent } from './audit.events.js';
import type { Audit } from './audit.js';
import { assertRegistered } from './audit.refusals.js';
import { assertReferred } from './receive-referral.js';
import { assertLastReplyDay, ReferralFields, referralOf } from './refer-to-board.js';

/** A referral was recorded wrong, or its last day has become known. An extension is no correction: that is asked for and granted in the reply. */
export class CorrectReferral extends ReferralFields {
  @FreeText('Why what was recorded was wrong, or where the day is known from.', { max: 1000 }) reason!: string;
}

export const correctReferral: Decide<CorrectReferral, Audit, AuditEvent> = ({ reason, ...said }, audit) => {
  assertRegistered(audit);
  const before = assertReferred(audit, said.board);
  const after = referralOf(said);
  if (before.kind === after.kind && before.lastReplyOn === after.lastReplyOn && before.replyBasis === after.replyBasis) return [];
  assertLastReplyDay(after, audit.report);
  return [event(ReferralCorrected, { audit: audit.audit, ...after, reason })];
};
