import { document } from '#libs/documents';
import { derivedId, type By } from '#libs/kernel';
import { calendar, decisionsView, meeting, meetingsView, paragraphsView } from '#libs/meetings';
import { circumstancesView, ResponsibilitiesModule, responsibilityRules, responsibilityRulesView } from '#libs/responsibilities';
import { smallCityOf } from '#libs/small-city';
import { deadlineRules, deadlinesView } from '#libs/timers';
import { agreementDecisionsView } from './agreement-decisions.view.js';
import { agreementPartiesView } from './agreement-parties.view.js';
import { agreement } from './agreement.js';
import { agreementsFollowMinutes } from './agreements-follow-minutes.reaction.js';
import { AgreementsModule } from './agreements.module.js';
import { agreementsView } from './agreements.view.js';
import { delegatedDecision } from './delegated-decision.js';
import { delegatedDecisionsFollowAgreements, delegatedReportsFollow } from './delegated-decisions-follow.reaction.js';
import { delegatedDecisionsView } from './delegated-decisions.view.js';
import { delegationOrder } from './delegation-order.js';
import { delegationsFollowMinutes } from './delegations-follow-minutes.reaction.js';
import { delegationsView } from './delegations.view.js';
import { rulesFollowAgreements } from './rules-follow-agreements.reaction.js';

// Agreements, delegations and the rules that follow, with their views and reactions; what others record (boards, meetings, minutes) is
// recorded as facts.

export { TENANT } from '#libs/small-city';
export const who = (role: string, unit: string): By => ({ actor: derivedId('city', role, unit), role, unit });

export const smallCity = () =>
  smallCityOf({
    begins: '2022-05-17T08:00:00.000Z',
    streams: [deadlineRules, calendar, meeting, document, responsibilityRules, agreement, delegationOrder, delegatedDecision],
    views: [
      deadlinesView,
      meetingsView,
      paragraphsView,
      decisionsView,
      responsibilityRulesView,
      circumstancesView,
      agreementsView,
      agreementPartiesView,
      agreementDecisionsView,
      delegationsView,
      delegatedDecisionsView,
    ],
    modules: [ResponsibilitiesModule, AgreementsModule],
    reactions: [agreementsFollowMinutes, rulesFollowAgreements, delegatedDecisionsFollowAgreements, delegatedReportsFollow, delegationsFollowMinutes],
  });
export type SmallCity = Awaited<ReturnType<typeof smallCity>>;
