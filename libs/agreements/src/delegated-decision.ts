import { derivedId, never, type Day, type EventOf, type Stream } from '#libs/kernel';
import { deadlineEvents, evolveDeadlines, type Deadlines } from '#libs/timers';
import * as events from './delegated-decision.events.js';
import type { DelegatedDecisionEvent } from './delegated-decision.events.js';

type MadeData = EventOf<typeof events.DelegatedDecisionMade>['data'];

/** What every delegated decision has, taken back or not. */
export interface Made extends MadeData {
  /** Where it was reported to the board. */
  readonly reported?: { readonly meeting: string; readonly on: Day };
  readonly reportedToHeadOn?: Day;
  readonly minuted?: { readonly on: Day; readonly reference: string };
  readonly deadlines: Deadlines;
}

/** A decision that somebody made for a board by delegation, from nobody having recorded it on. */
export type DelegatedDecision = { readonly status: 'none' } | (Made & { readonly status: 'made' }) | (Made & { readonly status: 'withdrawn' });

/** What is awaited of a delegated decision. */
export type ReportType = 'delegated-report' | 'head-report' | 'separate-minutes';

export const reportDeadlineId = (decision: string, type: ReportType): string => derivedId(decision, type);

/** Whether it is to be reported to the board, minuted separately instead, or neither: as its point says (KL 6:40, 7:8). */
export const dutyOf = ({ reporting, appealable }: Pick<Made, 'reporting' | 'appealable'>): 'report' | 'minute' | 'exempt' => {
  switch (reporting) {
    case 'next-meeting':
    case 'by-list':
      return 'report';
    case 'not':
      return appealable ? 'minute' : 'exempt';
    default:
      return never(reporting);
  }
};

/** Whether something is still to be done about it: reported to the board, or minuted. */
export const isToReport = (state: Made): boolean => {
  const duty = dutyOf(state);
  return (duty === 'report' && state.reported === undefined) || (duty === 'minute' && state.minuted === undefined);
};

export const evolveDelegatedDecision = (state: DelegatedDecision, event: DelegatedDecisionEvent): DelegatedDecision => {
  if (event.type === 'DelegatedDecisionMade') return { status: 'made', ...event.data, deadlines: {} };
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'DelegatedDecisionCorrected':
      return { ...state, on: event.data.on };
    case 'DelegatedDecisionWithdrawn':
      return { ...state, status: 'withdrawn' };
    case 'ReportedToHead':
      return { ...state, reportedToHeadOn: event.data.on };
    case 'ReportedToBoard': {
      const { meeting, on } = event.data;
      return { ...state, reported: { meeting, on } };
    }
    case 'BoardReportWithdrawn': {
      const { reported: _, ...rest } = state;
      return rest;
    }
    case 'MinutedSeparately': {
      const { on, reference } = event.data;
      return { ...state, minuted: { on, reference } };
    }
    case 'DeadlineSet':
    case 'DeadlineMoved':
    case 'DeadlineMet':
    case 'DeadlineMissed':
    case 'LatenessWithdrawn':
    case 'DeadlineClosed':
    case 'ReminderIssued':
    case 'RemindersSuppressed':
      return { ...state, deadlines: evolveDeadlines(state.deadlines, event) };
    default:
      return never(event);
  }
};

/** One stream per decision: `delegated-decision-<uuid>`. */
export const delegatedDecision: Stream<DelegatedDecision, DelegatedDecisionEvent> = {
  name: 'delegated-decision',
  events: [...Object.values(events), ...deadlineEvents],
  initial: { status: 'none' },
  evolve: evolveDelegatedDecision,
};

/** The board for which it was made. */
export const boardOfDecision = (state: DelegatedDecision): string | undefined => (state.status === 'none' ? undefined : state.board);
export const deadlinesOfDecision = (state: DelegatedDecision): Deadlines => (state.status === 'none' ? {} : state.deadlines);
