import { never } from '#libs/kernel';
import { DecisionAnnulled, MinutesApproved, OpenedMeetingCancelled, OpenedMeetingMoved, ParagraphCorrected, RecordedDayCorrected } from '#libs/meetings';
import { reaction } from '#libs/reactions';
import { agreementDecisionsView, restingOn } from './agreement-decisions.view.js';
import { AgreementTerminated, PartyDecisionRecorded } from './agreement.events.js';
import { FollowMinutes } from './follow-minutes.js';

/**
 * What the minutes say of a decision holds for the agreement that rests on it: a decision counts once they are approved, and no longer once
 * a court has annulled it. They are looked at after the decision was recorded too, since they may have changed while it was.
 */
export const agreementsFollowMinutes = reaction({
  name: 'agreements-follow-minutes',
  on: [
    MinutesApproved,
    DecisionAnnulled,
    RecordedDayCorrected,
    ParagraphCorrected,
    OpenedMeetingMoved,
    OpenedMeetingCancelled,
    PartyDecisionRecorded,
    AgreementTerminated,
  ],
  targets: (happened, asOf) => {
    switch (happened.type) {
      case 'PartyDecisionRecorded':
      case 'AgreementTerminated':
        return [happened.data.agreement];
      case 'MinutesApproved':
      case 'DecisionAnnulled':
      case 'RecordedDayCorrected':
      case 'ParagraphCorrected':
      case 'OpenedMeetingMoved':
      case 'OpenedMeetingCancelled':
        return asOf([agreementDecisionsView], restingOn(happened.data.meeting));
      default:
        return never(happened);
    }
  },
  react: ({ data }, agreement) => Object.assign(new FollowMinutes(), { agreement, meeting: 'decision' in data ? data.decision.meeting : data.meeting }),
});
