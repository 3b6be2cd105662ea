import { derivedId, never, type Day, type EventOf, type Stream } from '#libs/kernel';
import type { DecisionRefData } from '#libs/meetings';
import { deadlineEvents, evolveDeadlines, type Deadline, type Deadlines } from '#libs/timers';
import type { Position, ReplyState } from '#libs/audits';
import type { PreparationStep } from './count-back.js';
import type { Minutes, ReplyKind } from './reply.codes.js';
import * as events from './reply.events.js';
import type { ReplyEvent } from './reply.events.js';
import type { ReplyPlan } from './reply-plan.js';

type Data<T> = Readonly<EventOf<T> extends { readonly data: infer D } ? D : never>;

/** The way to the decision: who decides, who prepares it, and what comes before. */
export interface DecisionChain {
  readonly decidingBoard: string;
  readonly preparingBoard?: string;
  /** Instead of the board's own. */
  readonly steps?: readonly PreparationStep[];
  readonly minutes: Minutes;
}

export interface Comment {
  readonly position?: Position;
  readonly comment: string;
}

/** The last request for an extension, and what came of it. */
export type Extension =
  | { readonly status: 'none' }
  | { readonly status: 'requested'; readonly request: string; readonly until: Day; readonly on: Day }
  | { readonly status: 'granted'; readonly until: Day; readonly on: Day }
  | { readonly status: 'refused'; readonly on: Day };

/** What every reply that was ever awaited has. */
export interface Opened {
  readonly reply: string;
  readonly audit: string;
  /** The board that the report was referred to. */
  readonly board: string;
  readonly kind: ReplyKind;
  readonly referredOn?: Day;
  /** The last day that holds, an extension included; undefined where none is set, or none is known. */
  readonly dueOn?: Day;
  /** The one that the referral set. */
  readonly firstDueOn?: Day;
  /** Obligations to be answered, by recommendation. */
  readonly obligations: Readonly<Record<string, { readonly obligation: string; readonly number: string }>>;
  readonly officerReport?: Pick<Data<typeof events.OfficerReportWritten>, 'on' | 'registryNumber' | 'documents'>;
  readonly consultations: readonly Pick<Data<typeof events.ConsultationHeld>, 'consultation' | 'body' | 'on'>[];
  readonly signOffs: readonly Pick<Data<typeof events.SignedOff>, 'signOff' | 'role' | 'unit' | 'on' | 'acting'>[];
  readonly chain: DecisionChain;
  readonly plan?: ReplyPlan;
  /** Whose calendars it was counted with. */
  readonly calendars: readonly string[];
  /** Meetings that had the matter and did not decide it. */
  readonly undecidedAt: readonly string[];
  /** What it says, by recommendation, in the order in which it was first said. */
  readonly comments: Readonly<Record<string, Comment>>;
  readonly extension: Extension;
  /** How many extensions were asked for. */
  readonly requests: number;
  readonly deadlines: Deadlines;
}

/** The decision by which it is approved. */
export interface Approval {
  readonly decision: DecisionRefData;
  readonly decidedBy: string;
  readonly on: Day;
  readonly countsFrom: Day;
}

export type Awaited = Opened & { readonly status: 'awaited' };
export type Approved = Opened & { readonly status: 'approved'; readonly approval: Approval };
export type Given = Opened & { readonly status: 'given'; readonly approval: Approval; readonly givenOn: Day };
export type NotAwaited = Opened & { readonly status: 'not-awaited' };

/** A reply that was ever awaited. */
export type Known = Awaited | Approved | Given | NotAwaited;

/** A board's reply to an audit, from its being awaited. */
export type Reply = { readonly status: 'none' } | Known;

/** The reply of a board to an audit: one, whoever holds the board's duties when it is given. */
export const replyId = (audit: string, board: string): string => derivedId(audit, board, 'reply');

/** The deadline of the reply itself. */
export const replyDeadlineId = (reply: string): string => derivedId(reply, 'reply');
/** The deadline of the answer to the `n`-th request for an extension, from 1. */
export const answerDeadlineId = (reply: string, n: number): string => derivedId(reply, 'extension-answer', n);

export const replyDeadline = (state: Opened): Deadline | undefined => state.deadlines[replyDeadlineId(state.reply)];
/** The deadline of the answer to the last request. */
export const answerDeadline = (state: Opened): Deadline | undefined => state.deadlines[answerDeadlineId(state.reply, state.requests)];

/** What identifies a reply in its events. */
export const of = ({ reply, audit, board }: Opened) => ({ reply, audit, board });
/** Where a reply stands, as the audit's referral shows it; a reply that is left to the board is not expected until one is proposed. */
export const standing = (state: Known): { readonly state: ReplyState; readonly dueOn?: Day; readonly givenOn?: Day } => {
  if (state.status === 'not-awaited') return { state: 'not-expected' };
  if (state.status === 'given') return { state: 'given', ...dueOf(state), givenOn: state.givenOn };
  const proposed = state.officerReport !== undefined || Object.keys(state.comments).length > 0;
  return { state: proposed ? 'proposed' : state.kind === 'for-reply' ? 'awaited' : 'not-expected', ...dueOf(state) };
};
/** The last day that holds, where there is one: as events say it. */
export const dueOf = ({ dueOn }: Opened) => (dueOn === undefined ? {} : { dueOn });

/** What a reply is from its being awaited, for the first time or again. */
export const opensAs = (state: Reply, { reply, audit, board, kind, referredOn, dueOn }: Omit<Data<typeof events.ReplyAwaited>, 'stands'>): Known => {
  const referral = { kind, ...(referredOn !== undefined && { referredOn }), ...(dueOn !== undefined && { firstDueOn: dueOn, dueOn }) };
  if (state.status === 'none') {
    const chain = { decidingBoard: board, minutes: 'ordinary' } as const;
    const nothing = { obligations: {}, consultations: [], signOffs: [], undecidedAt: [], calendars: [], comments: {}, requests: 0, deadlines: {} };
    return { status: 'awaited', reply, audit, board, ...referral, ...nothing, chain, extension: { status: 'none' } };
  }
  const { firstDueOn: _, dueOn: __, referredOn: ___, ...rest } = state.status === 'not-awaited' ? { ...state, status: 'awaited' as const } : state;
  return { ...rest, ...referral, ...(state.extension.status === 'granted' && { dueOn: state.extension.until }) };
};

const evolve = (state: Reply, event: ReplyEvent): Reply => {
  if (event.type === 'ReplyAwaited') return opensAs(state, event.data);
  if (state.status === 'none') return state; // a reply begins by being awaited; nothing else can stand first
  switch (event.type) {
    case 'ReplyNoLongerAwaited':
      return { ...state, status: 'not-awaited' };
    case 'ObligationTakenUp': {
      const { obligation, recommendation, number } = event.data;
      return { ...state, obligations: { ...state.obligations, [recommendation]: { obligation, number } } };
    }
    case 'OfficerReportWritten': {
      const { on, registryNumber, documents } = event.data;
      return { ...state, officerReport: { on, ...(registryNumber !== undefined && { registryNumber }), ...(documents && { documents }) } };
    }
    case 'ConsultationHeld': {
      const { consultation, body, on } = event.data;
      return { ...state, consultations: [...state.consultations, { consultation, body, on }] };
    }
    case 'SignedOff': {
      const { signOff, role, unit, on, acting } = event.data;
      return { ...state, signOffs: [...state.signOffs, { signOff, role, unit, on, ...(acting && { acting }) }] };
    }
    case 'PreparationDayCorrected':
      return corrected(state, event.data);
    case 'DecisionChainSet': {
      const { reply: _, ...chain } = event.data;
      return { ...state, chain };
    }
    case 'ReplyPlanned':
      return { ...state, plan: event.data.plan, calendars: event.data.calendars, undecidedAt: event.data.undecidedAt ?? state.undecidedAt };
    case 'PositionTaken': {
      const { recommendation, position, comment } = event.data;
      return { ...state, comments: { ...state.comments, [recommendation]: { ...(position !== undefined && { position }), comment } } };
    }
    case 'ReplyApproved': {
      const { decision, decidedBy, on, countsFrom } = event.data;
      return { ...state, status: 'approved', approval: { decision, decidedBy, on, countsFrom } };
    }
    case 'ReplyGiven':
      return state.status === 'approved' ? { ...state, status: 'given', givenOn: event.data.on } : state;
    case 'GivenDayCorrected':
      return state.status === 'given' ? { ...state, givenOn: event.data.on } : state;
    case 'ExtensionRequested': {
      const { request, until, on } = event.data;
      return { ...state, extension: { status: 'requested', request, until, on }, requests: state.requests + 1 };
    }
    case 'ExtensionGranted': {
      const { until, on } = event.data;
      return { ...state, extension: { status: 'granted', until, on }, dueOn: until };
    }
    case 'ExtensionRefused':
      return { ...state, extension: { status: 'refused', on: event.data.on } };
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

const corrected = <S extends Opened>(state: S, { what, which, to }: Data<typeof events.PreparationDayCorrected>): S => {
  switch (what) {
    case 'officer-report':
      return state.officerReport ? { ...state, officerReport: { ...state.officerReport, on: to } } : state;
    case 'consultation':
      return { ...state, consultations: state.consultations.map((one) => (one.consultation === which ? { ...one, on: to } : one)) };
    case 'sign-off':
      return { ...state, signOffs: state.signOffs.map((one) => (one.signOff === which ? { ...one, on: to } : one)) };
    default:
      return never(what);
  }
};

/** The stream of one reply: `reply-<uuid>`. */
export const reply: Stream<Reply, ReplyEvent> = {
  name: 'reply',
  events: [
    events.ReplyAwaited,
    events.ReplyNoLongerAwaited,
    events.ObligationTakenUp,
    events.OfficerReportWritten,
    events.ConsultationHeld,
    events.SignedOff,
    events.DecisionChainSet,
    events.ReplyPlanned,
    events.PositionTaken,
    events.ReplyApproved,
    events.ReplyGiven,
    events.GivenDayCorrected,
    events.PreparationDayCorrected,
    events.ExtensionRequested,
    events.ExtensionGranted,
    events.ExtensionRefused,
    ...deadlineEvents,
  ],
  initial: { status: 'none' },
  evolve,
};

/** The board that the reply was first asked of. */
export const boardOf = (state: Reply): string | undefined => (state.status === 'none' ? undefined : state.board);
/** The board that is to decide on it. */
export const decidingBoardOf = (state: Reply): string | undefined => (state.status === 'none' ? undefined : state.chain.decidingBoard);
/** The deadlines of a reply. */
export const deadlinesOf = (state: Reply): Deadlines => (state.status === 'none' ? {} : state.deadlines);
