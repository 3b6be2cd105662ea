import { Id } from '#libs/fields';
import type { Decide } from '#libs/kernel';
import type { DelegatedDecisionEvent } from './delegated-decision.events.js';
import type { DelegatedDecision } from './delegated-decision.js';
import { withReports, type ReportNeeds } from './reports-awaited.js';

/** A calendar changed: the day by which a decision is to be reported follows the board’s next meeting. Sent by the reaction `delegated-reports-follow` alone. */
export class CountReportAgain {
  @Id('The delegated decision.') decision!: string;
}

export const countReportAgain: Decide<CountReportAgain, DelegatedDecision, DelegatedDecisionEvent, ReportNeeds> = (_command, state, { now, ...needs }) =>
  state.status === 'made' && !state.reported ? withReports(state, [], { now, ...needs }) : [];
