import { AuditReportCompleted, ObligationArisen, obligationsView, ReferralCorrected, ReferralMade } from '#libs/audits';
import { reaction } from '#libs/reactions';
import { AwaitReply } from './await-reply.js';
import { boardsThatReply, obligationsOf } from './concerned.query.js';
import { repliesView } from './replies.view.js';
import { ReplyAwaited } from './reply.events.js';
import { replyId } from './reply.js';
import { TakeUpObligation } from './take-up-obligation.js';

/** A board’s reply is awaited once a report is referred to it; what its referral says, and what becomes known of the report, is followed. */
export const repliesAreAwaited = reaction({
  name: 'replies-are-awaited',
  on: [ReferralMade, ReferralCorrected, AuditReportCompleted],
  targets: (happened, asOf) => {
    if (happened.type !== 'AuditReportCompleted') return [happened.data.board];
    const { audit, handedOverOn } = happened.data;
    if (handedOverOn === undefined) return [];
    return asOf([repliesView], boardsThatReply(audit));
  },
  react: ({ data: { audit } }, board) => Object.assign(new AwaitReply(), { audit, board }),
});

/**
 * A recommendation made to a board that is to reply is one more thing that its reply answers. Which of the two is recorded first depends on how
 * two reactions take turns, so that each looks for the other.
 */
export const repliesTakeUpObligations = reaction({
  name: 'replies-take-up-obligations',
  on: [ObligationArisen, ReplyAwaited],
  targets: (happened, asOf) => {
    const { audit, board } = happened.data;
    if (happened.type === 'ObligationArisen') {
      const { obligation } = happened.data;
      return asOf([repliesView], async (read) => ((await read.find(repliesView, replyId(audit, board))) ? [obligation] : []));
    }
    return asOf([obligationsView], obligationsOf(audit, board));
  },
  react: ({ data: { audit, board } }, obligation) => Object.assign(new TakeUpObligation(), { reply: replyId(audit, board), obligation }),
});
