import { DecisionAnnulled } from '#libs/meetings';
import { reaction } from '#libs/reactions';
import { DelegationGiven } from './delegation-order.events.js';
import { delegatedAt, delegationsView } from './delegations.view.js';
import { FollowDelegationDecision } from './follow-delegation-decision.js';

/** A delegation ends with the decision that gave it, where a court annuls that. The minutes are looked at after it was given too: that may have come between. */
export const delegationsFollowMinutes = reaction({
  name: 'delegations-follow-minutes',
  on: [DecisionAnnulled, DelegationGiven],
  targets: (happened, asOf) => (happened.type === 'DelegationGiven' ? [happened.data.board] : asOf([delegationsView], delegatedAt(happened.data.meeting))),
  react: ({ data }, board) => Object.assign(new FollowDelegationDecision(), { board, meeting: 'decision' in data ? data.decision.meeting : data.meeting }),
});
