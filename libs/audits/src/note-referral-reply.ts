import { Code, DayField, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import { REPLY_STATES, type ReplyState } from './audit.codes.js';
import { ReferralReplyNoted, type AuditEvent } from './audit.events.js';
import type { Audit } from './audit.js';
import { assertRegistered } from './audit.refusals.js';
import { assertReferred } from './receive-referral.js';

/** Where a board’s reply stands, as the reply’s own stream has it, for the list of referrals. Sent by a reaction to that alone. */
export class NoteReferralReply {
  @Id('The audit.') audit!: string;
  @Id('The board that the report was referred to.') board!: string;
  @Id('The reply.') reply!: string;
  @Code('Where it stands.', REPLY_STATES, 'ReplyState') state!: ReplyState;
  @DayField('The last day that holds for it.', { optional: true }) dueOn?: Day;
  @DayField('The day it was given.', { optional: true }) givenOn?: Day;
}

export const noteReferralReply: Decide<NoteReferralReply, Audit, AuditEvent> = ({ board, reply, state, dueOn, givenOn }, audit) => {
  assertRegistered(audit);
  const { reply: known } = assertReferred(audit, board);
  if (known?.reply === reply && known.state === state && known.dueOn === dueOn && known.givenOn === givenOn) return [];
  return [
    event(ReferralReplyNoted, {
      audit: audit.audit,
      board,
      reply,
      state,
      ...(dueOn !== undefined && { dueOn }),
      ...(givenOn !== undefined && { givenOn }),
    }),
  ];
};
