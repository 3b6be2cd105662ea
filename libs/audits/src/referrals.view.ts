import { never } from '#libs/kernel';
import { col, rowView } from '#libs/views';
import type { ReferralKind, ReplyState } from './audit.codes.js';
import { ReferralCorrected, ReferralMade, ReferralReceived, ReferralReplyNoted, type AuditEvent } from './audit.events.js';

type ReferralEvent = Extract<AuditEvent, { type: 'ReferralMade' | 'ReferralCorrected' | 'ReferralReceived' | 'ReferralReplyNoted' }>;

/** One row per report and board that it was handed over to. */
export const referralsView = rowView({
  name: 'referrals',
  version: 1,
  columns: {
    audit: col.uuid(),
    /** As it was called on the day; the register tells who holds what it had. */
    board: col.uuid(),
    kind: col.text<ReferralKind>(),
    /** The last day as the auditors set it; null where none is asked for, or none is known. */
    lastReplyOn: col.optional(col.day()),
    replyBasis: col.optional(col.text()),
    receivedOn: col.optional(col.day()),
    registryNumber: col.optional(col.text()),
    /** Whether the number is written as the board’s registry writes its numbers; null where there is none. */
    patternKnown: col.optional(col.bool()),
    reply: col.optional(col.uuid()),
    /** Where the reply stands; null: no reply known. */
    replyState: col.optional(col.text<ReplyState>()),
    /** The last day that holds for the reply, extensions counted in. */
    replyDueOn: col.optional(col.day()),
    repliedOn: col.optional(col.day()),
  },
  reads: [ReferralMade, ReferralCorrected, ReferralReceived, ReferralReplyNoted],
  keys: ({ stream, data: { audit, board } }) => (stream.startsWith('audit-') ? `${audit}:${board}` : []),
  during: ['audit'],
  indexes: [['audit'], ['board', 'kind']],
  fold: (row, event) => {
    const { type, data } = event as ReferralEvent;
    if (type === 'ReferralMade') {
      const { audit, board, kind, lastReplyOn = null, replyBasis = null } = data;
      return { ...nothingYet, audit, board, kind, lastReplyOn, replyBasis, replyDueOn: lastReplyOn };
    }
    if (!row) throw new Error(`${type} of a report that was never referred to the board`);
    switch (type) {
      case 'ReferralCorrected': {
        const { kind, lastReplyOn = null, replyBasis = null } = data;
        return { ...row, kind, lastReplyOn, replyBasis, replyDueOn: row.reply === null ? lastReplyOn : row.replyDueOn };
      }
      case 'ReferralReceived': {
        const { on, registryNumber = null, patternKnown } = data;
        return { ...row, receivedOn: on, registryNumber, patternKnown: registryNumber === null ? null : patternKnown };
      }
      case 'ReferralReplyNoted': {
        const { reply, state, dueOn = null, givenOn = null } = data;
        return { ...row, reply, replyState: state, replyDueOn: dueOn, repliedOn: givenOn };
      }
      default:
        return never({ type, data } as never);
    }
  },
});

const nothingYet = { receivedOn: null, registryNumber: null, patternKnown: null, reply: null, replyState: null, repliedOn: null };
