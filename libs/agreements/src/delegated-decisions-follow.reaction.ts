import { never, type EventOf } from '#libs/kernel';
import { MeetingCancelled, MeetingMoved, MeetingPlanned } from '#libs/meetings';
import { reaction } from '#libs/reactions';
import { AgreementSigned, RevisionApprovalWithdrawn, RevisionApproved, SignatureWithdrawn, SigningDayCorrected } from './agreement.events.js';
import { CountReportAgain } from './count-report-again.js';
import { awaitingMeetings, delegatedDecisionsView } from './delegated-decisions.view.js';
import { NoteActUnderDelegation } from './note-act-under-delegation.js';

const acts = [AgreementSigned, SigningDayCorrected, SignatureWithdrawn, RevisionApproved, RevisionApprovalWithdrawn] as const;
type Act = EventOf<(typeof acts)[number]>;

const idOf = ({ type, data }: Act): string => {
  switch (type) {
    case 'AgreementSigned':
    case 'SigningDayCorrected':
    case 'SignatureWithdrawn':
      return data.signature;
    case 'RevisionApproved':
    case 'RevisionApprovalWithdrawn':
      return data.approval;
    default:
      return never({ type, data } as never);
  }
};

/** A signature, or the approval of a revision, is a decision by delegation: it is reported as its point says, and follows the agreement when that is corrected. */
export const delegatedDecisionsFollowAgreements = reaction({
  name: 'delegated-decisions-follow-agreements',
  on: acts,
  targets: (happened) => [idOf(happened)],
  react: ({ data }, decision) => Object.assign(new NoteActUnderDelegation(), { decision, agreement: data.agreement }),
});

/** The day by which a decision is to be reported is that of its board’s next meeting. A change in any calendar may concern it: each says itself whether it does. */
export const delegatedReportsFollow = reaction({
  name: 'delegated-reports-follow',
  on: [MeetingPlanned, MeetingMoved, MeetingCancelled],
  targets: (_event, asOf) => asOf([delegatedDecisionsView], awaitingMeetings),
  react: (_event, decision) => Object.assign(new CountReportAgain(), { decision }),
});
