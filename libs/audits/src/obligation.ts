import { derivedId, isAfter, isBefore, never, type Day, type Stream } from '#libs/kernel';
import { deadlineEvents, evolveDeadlines, type Deadline, type Deadlines } from '#libs/timers';
import type { Addressed } from './audit.codes.js';
import type { ActionKind, ActionState, JudgementOutcome, JudgementSourceKind, LastDaySetter, Position } from './obligation.codes.js';
import * as events from './obligation.events.js';
import type { ObligationEvent } from './obligation.events.js';

/** A decision of a board: a point of the minutes of a meeting. */
export interface CitedPoint {
  readonly meeting: string;
  readonly point: string;
}

/** An action that answers the obligation, as the action’s own stream last told it. */
export interface NotedAction {
  readonly kind: ActionKind;
  readonly status: ActionState;
  readonly promisedOn?: Day;
  readonly firstPromisedOn?: Day;
}

/** What the elected auditors found, as it stands after corrections. */
export interface Judgement {
  readonly judgement: string;
  readonly outcome: JudgementOutcome;
  readonly decidedOn: Day;
  readonly decisionReference?: string;
  readonly source: { readonly kind: JudgementSourceKind; readonly reference: string };
  readonly grounds: string;
}

export interface DocumentRequest {
  readonly request: string;
  readonly what: string;
  readonly by: Day;
  readonly delivered?: { readonly documents: readonly string[]; readonly on: Day };
}

/** The board’s own decision that it has done what was recommended. */
export interface Implementation {
  readonly on: Day;
  readonly decision: CitedPoint;
  readonly grounds?: string;
}

/** What every obligation that ever arose has. */
export interface Arisen {
  readonly obligation: string;
  readonly audit: string;
  readonly recommendation: string;
  /** The board first addressed. Who holds it on a day: {@link heldBy}. */
  readonly board: string;
  readonly number: string;
  readonly addressed: Addressed;
  readonly handedOverOn?: Day;
  readonly receivedOn?: Day;
  readonly repeats?: string;
  /** Single re-allotments, in the order they were recorded. */
  readonly allotments: readonly { readonly to: string; readonly on: Day }[];
  readonly replyDueOn?: Day;
  readonly reply?: { readonly reply: string; readonly givenOn?: Day; readonly position?: Position; readonly proposed?: true };
  /** By id. */
  readonly actions: Readonly<Record<string, NotedAction>>;
  /** The last day that board or auditors set. */
  readonly lastDay?: { readonly on: Day; readonly by: LastDaySetter };
  /** The board is to set a new last day: what stands is *not met*, and neither board nor auditors have set one since. */
  readonly asksLastDay: boolean;
  /** In the order they were recorded. */
  readonly judgements: readonly Judgement[];
  readonly objections: readonly { readonly judgement: string; readonly text: string; readonly decision?: CitedPoint }[];
  readonly requests: readonly DocumentRequest[];
  readonly deadlines: Deadlines;
}

export type OpenObligation = Arisen & {
  readonly status: 'open';
  /** The board holds it implemented, and the auditors have found since that it is not, or in part. */
  readonly reopened?: Implementation;
};
export type ImplementedObligation = Arisen & { readonly status: 'implemented'; readonly implementation: Implementation };
export type WithdrawnObligation = Arisen & { readonly status: 'withdrawn'; readonly withdrawnOn: Day; readonly reason: string };

/** A recommendation to one board, from nobody having made it. Withdrawn ones stand in no count. */
export type Obligation = { readonly status: 'none' } | OpenObligation | ImplementedObligation | WithdrawnObligation;

/** The obligation’s id: what the recommendation and the board first addressed make, whoever holds it later. */
export const obligationId = (recommendation: string, board: string): string => derivedId(recommendation, board);

/** The deadline of the last day that board or auditors set. */
export const lastDayDeadlineId = (obligation: string): string => derivedId(obligation, 'last-day');
/** The deadline of one request for documents. */
export const requestDeadlineId = (request: string): string => derivedId(request, 'document-request');

export const lastDayDeadline = (state: Arisen): Deadline | undefined => state.deadlines[lastDayDeadlineId(state.obligation)];

/** Who holds what was given to a board or unit, on a day: the register tells. */
export interface Holders {
  holderOn(boardOrUnit: string, day: Day): string;
}

/** The board that was allotted the obligation last, on that day; the one first addressed, where none was. */
export const allottedOn = ({ board, allotments }: Pick<Arisen, 'board' | 'allotments'>, day: Day): string =>
  allotments.reduce<{ to: string; on?: Day }>((last, next) => (isAfter(next.on, day) || (last.on !== undefined && isBefore(next.on, last.on)) ? last : next), {
    to: board,
  }).to;

/** The one board that holds the obligation on a day: by succession from whom it was first addressed to, or allotted to. */
export const heldBy = (state: Pick<Arisen, 'board' | 'allotments'>, day: Day, register: Holders): string => register.holderOn(allottedOn(state, day), day);

/** The judgement that stands: of those decided last the one recorded last. Undefined: not yet judged, which is normal and may last years. */
export const standingJudgement = <J extends Pick<Judgement, 'judgement' | 'outcome' | 'decidedOn'>>(judgements: readonly J[]): J | undefined =>
  judgements.reduce<J | undefined>((last, next) => (last && isBefore(next.decidedOn, last.decidedOn) ? last : next), undefined);

/** The requests for documents that nobody has answered. */
export const openRequests = <R extends { readonly delivered?: unknown }>(requests: readonly R[]): readonly R[] =>
  requests.filter(({ delivered }) => delivered === undefined);

/** The promised actions that are still open: while there is one, the board cannot decide that the obligation is implemented. */
export const openPromises = ({ actions }: Arisen): readonly string[] =>
  Object.entries(actions)
    .filter(([, { kind, status }]) => kind === 'promised' && status === 'promised')
    .map(([action]) => action);

const arisen = ({
  obligation,
  audit,
  recommendation,
  board,
  number,
  addressed,
  handedOverOn,
  receivedOn,
  repeats,
  allotments,
  replyDueOn,
  reply,
  actions,
  lastDay,
  asksLastDay,
  judgements,
  objections,
  requests,
  deadlines,
}: Arisen): Arisen => ({
  obligation,
  audit,
  recommendation,
  board,
  number,
  addressed,
  ...(handedOverOn !== undefined && { handedOverOn }),
  ...(receivedOn !== undefined && { receivedOn }),
  ...(repeats !== undefined && { repeats }),
  allotments,
  ...(replyDueOn !== undefined && { replyDueOn }),
  ...(reply && { reply }),
  actions,
  ...(lastDay && { lastDay }),
  asksLastDay,
  judgements,
  objections,
  requests,
  deadlines,
});

/** *Not met* asks the board for a new last day, until one is set; another finding that stands instead asks for none. */
export const asksLastDayAfter = (
  before: readonly Pick<Judgement, 'judgement' | 'outcome' | 'decidedOn'>[],
  after: readonly Pick<Judgement, 'judgement' | 'outcome' | 'decidedOn'>[],
  asked: boolean,
): boolean => {
  const [stood, stands] = [standingJudgement(before), standingJudgement(after)];
  const goesOn = stood?.outcome === 'not-met' && stood.judgement === stands?.judgement;
  return stands?.outcome === 'not-met' && (goesOn ? asked : true);
};

const judgedAnew = <A extends Arisen>(state: A, judgements: readonly Judgement[]): A => ({
  ...state,
  judgements,
  asksLastDay: asksLastDayAfter(state.judgements, judgements, state.asksLastDay),
});

/** The obligation after the event. */
export const evolveObligation = (state: Obligation, event: ObligationEvent): Obligation => {
  if (event.type === 'ObligationArisen') {
    return { ...event.data, status: 'open', asksLastDay: false, allotments: [], actions: {}, judgements: [], objections: [], requests: [], deadlines: {} };
  }
  if (state.status === 'none') return state; // an obligation begins with its arising; nothing else can stand first
  switch (event.type) {
    case 'ObligationDaysNoted': {
      const { handedOverOn, receivedOn } = event.data;
      return { ...state, ...(handedOverOn !== undefined && { handedOverOn }), ...(receivedOn !== undefined && { receivedOn }) };
    }
    case 'AddresseeConfirmed':
      return { ...state, addressed: 'named' };
    case 'ReplyDayNoted': {
      const { replyDueOn: _, ...rest } = state;
      return event.data.dueOn === undefined ? rest : { ...rest, replyDueOn: event.data.dueOn };
    }
    case 'ReplyNoted': {
      const { obligation: _, ...reply } = event.data;
      return { ...state, reply };
    }
    case 'ActionNoted': {
      const { obligation: _, action, ...noted } = event.data;
      return { ...state, actions: { ...state.actions, [action]: noted } };
    }
    case 'LastDaySet': {
      const { on, by } = event.data;
      return { ...state, lastDay: { on, by }, asksLastDay: false };
    }
    case 'ObligationAllotted': {
      const { to, on } = event.data;
      return { ...state, allotments: [...state.allotments, { to, on }] };
    }
    case 'ObligationImplemented': {
      const { obligation: _, ...implementation } = event.data;
      return { ...arisen(state), asksLastDay: false, status: 'implemented', implementation };
    }
    case 'ImplementationWithdrawn':
      return { ...arisen(state), status: 'open' };
    case 'ObligationJudged': {
      const { obligation: _, ...judgement } = event.data;
      return judgedAnew(state, [...state.judgements, judgement]);
    }
    case 'JudgementCorrected': {
      const { obligation: _, reason: __, ...judgement } = event.data;
      return judgedAnew(
        state,
        state.judgements.map((known) => (known.judgement === judgement.judgement ? judgement : known)),
      );
    }
    case 'ObligationReopened':
      return state.status === 'implemented' ? { ...arisen(state), status: 'open', reopened: state.implementation } : state;
    case 'ReopeningWithdrawn':
      return state.status === 'open' && state.reopened ? { ...arisen(state), status: 'implemented', implementation: state.reopened } : state;
    case 'ObligationWithdrawn':
      return { ...arisen(state), status: 'withdrawn', withdrawnOn: event.data.on, reason: event.data.reason };
    case 'DocumentsRequested': {
      const { obligation: _, ...request } = event.data;
      return { ...state, requests: [...state.requests, request] };
    }
    case 'DocumentsDelivered': {
      const { request, documents, on } = event.data;
      return { ...state, requests: state.requests.map((one) => (one.request === request ? { ...one, delivered: { documents, on } } : one)) };
    }
    case 'ObjectionRecorded': {
      const { obligation: _, ...objection } = event.data;
      return { ...state, objections: [...state.objections, objection] }; // and nothing else
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

/** The stream of one obligation: `obligation-<uuid>`. */
export const obligation: Stream<Obligation, ObligationEvent> = {
  name: 'obligation',
  events: [...Object.values(events), ...deadlineEvents],
  initial: { status: 'none' },
  evolve: evolveObligation,
};

/** The board that the obligation was first given to, or allotted to last: who may do what to it follows from who holds what that board had. */
export const boardOfObligation = (state: Obligation): string | undefined => (state.status === 'none' ? undefined : allottedOn(state, LAST_DAY_EVER));
const LAST_DAY_EVER = '2199-12-31' as Day;

/** The deadlines of an obligation. */
export const deadlinesOfObligation = (state: Obligation): Deadlines => (state.status === 'none' ? {} : state.deadlines);
