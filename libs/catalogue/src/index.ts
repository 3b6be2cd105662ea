import { action, actionObligationsView, actionRules, actionsView, obligationsNoteActions, occasionsGoOn } from '#libs/actions';
import {
  agreement,
  agreementDecisionsView,
  agreementLinksView,
  agreementPartiesView,
  agreementsFollowMinutes,
  agreementsView,
  delegatedDecision,
  delegatedDecisionsFollowAgreements,
  delegatedDecisionsView,
  delegatedReportsFollow,
  delegationOrder,
  delegationsFollowMinutes,
  delegationsView,
  rulesFollowAgreements,
} from '#libs/agreements';
import { audit, auditsView, obligation, obligationsArise, obligationsView, recommendationsView, referralsView } from '#libs/audits';
import { document, documentsView } from '#libs/documents';
import { EventRegistry, type AnyEventType } from '#libs/kernel';
import { calendar, decisionsView, meeting, meetingsView, openedMeetingsFollow, paragraphsView, urgentReportsFollow } from '#libs/meetings';
import { mailStream, outbox } from '#libs/notifications';
import { order, ordersView, replaceOrder } from '#libs/orders';
import {
  municipalities,
  organisationStream,
  people,
  personStream,
  providers,
  registryPatterns,
  roleHolders,
  signIns,
  successions,
  units,
} from '#libs/organisation';
import type { Reaction } from '#libs/reactions';
import {
  obligationsNoteReplies,
  referralsNoteReplies,
  repliesAreAwaited,
  repliesAreCountedAgain,
  repliesPromiseActions,
  repliesTakeUpObligations,
  repliesView,
  reply,
} from '#libs/replies';
import { statusReport, statusReportsView } from '#libs/reports';
import { circumstance, circumstancesView, coverageFollows, coverageWatch, responsibilityRules, responsibilityRulesView } from '#libs/responsibilities';
import { deadlineRules, dueViews, duty, lateRecordings, lateSummaries, noteDuties } from '#libs/timers';
import { trailView } from '#libs/trail';
import type { View } from '#libs/views';

/** Every kind of stream of the product. A new one adds its name here, and with it its events. */
export const streams = [
  organisationStream,
  personStream,
  deadlineRules,
  lateSummaries,
  duty,
  order,
  mailStream,
  audit,
  obligation,
  action,
  actionRules,
  calendar,
  meeting,
  reply,
  responsibilityRules,
  coverageWatch,
  circumstance,
  document,
  statusReport,
  agreement,
  delegationOrder,
  delegatedDecision,
] as const;

/** Every event type of the product, each once. */
export const eventTypes: readonly AnyEventType[] = [...new Set(streams.flatMap(({ events }) => events))];

/** What entries are read by, in every process. */
export const registry = new EventRegistry(eventTypes);

/** Every view of the product. */
export const views: readonly View[] = [
  trailView(registry),
  ...dueViews,
  ordersView,
  outbox,
  municipalities,
  units,
  successions,
  registryPatterns,
  providers,
  people,
  signIns,
  roleHolders,
  auditsView,
  referralsView,
  recommendationsView,
  documentsView,
  obligationsView,
  actionsView,
  actionObligationsView,
  meetingsView,
  paragraphsView,
  decisionsView,
  repliesView,
  responsibilityRulesView,
  circumstancesView,
  statusReportsView,
  agreementsView,
  agreementPartiesView,
  agreementDecisionsView,
  agreementLinksView,
  delegationsView,
  delegatedDecisionsView,
];

/** What follows in other streams. */
export const reactions: readonly Reaction[] = [
  lateRecordings,
  noteDuties,
  replaceOrder,
  obligationsArise,
  obligationsNoteActions,
  occasionsGoOn,
  openedMeetingsFollow,
  urgentReportsFollow,
  repliesAreAwaited,
  repliesTakeUpObligations,
  repliesAreCountedAgain,
  referralsNoteReplies,
  obligationsNoteReplies,
  repliesPromiseActions,
  coverageFollows,
  agreementsFollowMinutes,
  rulesFollowAgreements,
  delegatedDecisionsFollowAgreements,
  delegatedReportsFollow,
  delegationsFollowMinutes,
];

export * from './generated.js';
