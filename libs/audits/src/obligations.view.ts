import { daysBetween, isBefore, never, type Day } from '#libs/kernel';
import { deadlineEvents } from '#libs/timers';
import { col, rowView, type RowOf } from '#libs/views';
import type { Addressed } from './audit.codes.js';
import type { ActionKind, ActionState, JudgementOutcome, LastDaySetter, Position } from './obligation.codes.js';
import * as events from './obligation.events.js';
import type { ObligationEvent } from './obligation.events.js';
import { asksLastDayAfter, openRequests, standingJudgement } from './obligation.js';

/** How an obligation stands. Withdrawn ones are in no count: *received* is what is implemented and what is open. */
export const OBLIGATION_STATUSES = ['open', 'implemented', 'withdrawn'] as const;
export type ObligationStatus = (typeof OBLIGATION_STATUSES)[number];

interface ActionInRow {
  readonly action: string;
  readonly kind: ActionKind;
  readonly status: ActionState;
  readonly promisedOn?: Day;
  readonly firstPromisedOn?: Day;
}
interface JudgementInRow {
  readonly judgement: string;
  readonly outcome: JudgementOutcome;
  readonly decidedOn: Day;
}
interface RequestInRow {
  readonly request: string;
  readonly by: Day;
  readonly delivered?: true;
}

const columns = {
  audit: col.uuid(),
  recommendation: col.uuid(),
  /** The recommendation’s number in its report. */
  number: col.text(),
  /** The board first addressed. */
  board: col.uuid(),
  /** The board it was allotted to since, alone, where it was. */
  allotted: col.optional(col.uuid()),
  allottedOn: col.optional(col.day()),
  /** Whose it is before successions: the one allotted to, else the one first addressed. The register tells who holds what that board had. */
  unit: col.uuid(),
  addressed: col.text<Addressed>(),
  repeats: col.optional(col.uuid()),
  status: col.text<ObligationStatus>(),
  handedOverOn: col.optional(col.day()),
  receivedOn: col.optional(col.day()),
  /** What its age is counted from: the day it was received, else the one it was handed over on. Unknown where neither is known. */
  arisenOn: col.optional(col.day()),
  replyDueOn: col.optional(col.day()),
  /** The day the board’s reply was given; null while it is awaited, or only proposed. */
  repliedOn: col.optional(col.day()),
  /** Only a proposed reply is known. */
  proposedReply: col.bool(),
  position: col.optional(col.text<Position>()),
  /** The last day that board or auditors set. */
  setLastOn: col.optional(col.day()),
  setBy: col.optional(col.text<LastDaySetter>()),
  /** *Not met* stands, and a new last day is asked of the board. */
  lastDayAsked: col.bool(),
  /** The last day that holds (domain §3.2.6): the reply’s until the reply is given, then the one that board or auditors set, else none. None where it is not open, or judged met or no longer relevant. */
  lastOn: col.optional(col.day()),
  /** The earliest day among the promised actions that are open. None where it is not open. */
  promisedOn: col.optional(col.day()),
  /** The day that was promised first of that action. */
  firstPromisedOn: col.optional(col.day()),
  /** Days from the first promise to the one that holds, of the open action that has moved furthest. */
  driftDays: col.int(),
  /** Open, and none of its actions has a day. */
  undated: col.bool(),
  /** Promised actions that are open; ongoing ones that go on; ones stated done whose evidence is awaited. */
  promises: col.int(),
  ongoing: col.int(),
  statedDone: col.int(),
  /** The earliest of the last day and the promised day, while it is open: what lists go by. */
  nextOn: col.optional(col.day()),
  implementedOn: col.optional(col.day()),
  /** The day of the board’s decision that a judgement has overruled: it stands as reopened. */
  reopenedOn: col.optional(col.day()),
  /** The judgement that stands; null: not yet judged. */
  judged: col.optional(col.text<JudgementOutcome>()),
  judgedOn: col.optional(col.day()),
  objected: col.bool(),
  /** The earliest day among the auditors’ requests for documents that are not answered. */
  requestDueOn: col.optional(col.day()),
  actions: col.json<readonly ActionInRow[]>(),
  judgements: col.json<readonly JudgementInRow[]>(),
  requests: col.json<readonly RequestInRow[]>(),
};

type Row = RowOf<typeof columns>;

const dropped: ReadonlySet<ActionState> = new Set(['dropped', 'transferred', 'withdrawn']);
const earliest = (days: readonly (Day | null | undefined)[]): Day | null =>
  days.reduce<Day | null>((first, next) => (next && (first === null || isBefore(next, first)) ? next : first), null);

/** What follows from the rest of a row, reckoned anew after every event; and of one that is shown as it stood on another day. */
export const reckonedObligation = (row: Row): Row => {
  const open = row.status === 'open';
  const stands = standingJudgement(row.judgements);
  const settled = stands?.outcome === 'met' || stands?.outcome === 'no-longer-relevant';
  const promises = row.actions.filter(({ kind, status }) => kind === 'promised' && status === 'promised');
  const first = promises.reduce<ActionInRow | undefined>(
    (so, next) => (next.promisedOn !== undefined && (so?.promisedOn === undefined || isBefore(next.promisedOn, so.promisedOn)) ? next : so),
    undefined,
  );
  const drift = (action: ActionInRow) =>
    action.promisedOn !== undefined && action.firstPromisedOn !== undefined ? daysBetween(action.firstPromisedOn, action.promisedOn) : 0;
  const replyAwaited = row.repliedOn === null && row.replyDueOn !== null;
  const lastOn = open && !settled ? (replyAwaited ? row.replyDueOn : row.setLastOn) : null;
  const promisedOn = open ? (first?.promisedOn ?? null) : null;
  return {
    ...row,
    unit: row.allotted ?? row.board,
    arisenOn: row.receivedOn ?? row.handedOverOn,
    lastOn,
    promisedOn,
    firstPromisedOn: open ? (first?.firstPromisedOn ?? null) : null,
    driftDays: open ? Math.max(0, ...promises.map(drift)) : 0,
    undated: open && !row.actions.some(({ status, promisedOn: on }) => on !== undefined && !dropped.has(status)),
    promises: promises.length,
    ongoing: row.actions.filter(({ kind, status }) => kind === 'ongoing' && status === 'promised').length,
    statedDone: row.actions.filter(({ kind, status }) => kind === 'already-done' && status === 'promised').length,
    nextOn: earliest([lastOn, promisedOn]),
    judged: stands?.outcome ?? null,
    judgedOn: stands?.decidedOn ?? null,
    requestDueOn: earliest(openRequests(row.requests).map(({ by }) => by)),
  };
};

const fold = (row: Row, { type, data }: Exclude<ObligationEvent, { type: 'ObligationArisen' }>): Row => {
  switch (type) {
    case 'ObligationDaysNoted':
      return { ...row, handedOverOn: data.handedOverOn ?? row.handedOverOn, receivedOn: data.receivedOn ?? row.receivedOn };
    case 'AddresseeConfirmed':
      return { ...row, addressed: 'named' };
    case 'ReplyDayNoted':
      return { ...row, replyDueOn: data.dueOn ?? null };
    case 'ReplyNoted':
      return { ...row, repliedOn: data.givenOn ?? null, proposedReply: data.proposed ?? false, position: data.position ?? null };
    case 'ActionNoted': {
      const { obligation: _, ...action } = data;
      return { ...row, actions: [...row.actions.filter((known) => known.action !== action.action), action] };
    }
    case 'LastDaySet':
      return { ...row, setLastOn: data.on, setBy: data.by, lastDayAsked: false };
    case 'ObligationAllotted':
      return row.allottedOn !== null && isBefore(data.on, row.allottedOn) ? row : { ...row, allotted: data.to, allottedOn: data.on };
    case 'ObligationImplemented':
      return { ...row, status: 'implemented', implementedOn: data.on, reopenedOn: null, lastDayAsked: false };
    case 'ImplementationWithdrawn':
      return { ...row, status: 'open', implementedOn: null, reopenedOn: null };
    case 'ObligationReopened':
      return { ...row, status: 'open', reopenedOn: row.implementedOn, implementedOn: null };
    case 'ReopeningWithdrawn':
      return { ...row, status: 'implemented', implementedOn: row.reopenedOn, reopenedOn: null };
    case 'ObligationJudged':
    case 'JudgementCorrected': {
      const { judgement, outcome, decidedOn } = data;
      const judgements = row.judgements.some((known) => known.judgement === judgement)
        ? row.judgements.map((known) => (known.judgement === judgement ? { judgement, outcome, decidedOn } : known))
        : [...row.judgements, { judgement, outcome, decidedOn }];
      return { ...row, judgements, lastDayAsked: asksLastDayAfter(row.judgements, judgements, row.lastDayAsked) };
    }
    case 'ObjectionRecorded':
      return { ...row, objected: true };
    case 'ObligationWithdrawn':
      return { ...row, status: 'withdrawn', lastDayAsked: false };
    case 'DocumentsRequested':
      return { ...row, requests: [...row.requests, { request: data.request, by: data.by }] };
    case 'DocumentsDelivered':
      return { ...row, requests: row.requests.map((known) => (known.request === data.request ? { ...known, delivered: true as const } : known)) };
    case 'DeadlineSet': // what the days mean for the list follows from the facts above and from the day of looking
    case 'DeadlineMoved':
    case 'DeadlineMet':
    case 'DeadlineMissed':
    case 'LatenessWithdrawn':
    case 'DeadlineClosed':
    case 'ReminderIssued':
    case 'RemindersSuppressed':
      return row;
    default:
      return never({ type, data } as never);
  }
};

/** One row per obligation: where it stands, and the days that lists and counts go by. */
export const obligationsView = rowView({
  name: 'obligations',
  version: 1,
  columns,
  reads: [...Object.values(events), ...deadlineEvents],
  keys: ({ stream }) => (stream.startsWith('obligation-') ? stream.slice('obligation-'.length) : []),
  during: ['unit'],
  counts: { by: ['unit'], of: ['status', 'lastOn', 'promisedOn', 'undated', 'judged'], order: ['nextOn', 'audit', 'number'] },
  indexes: [['unit', 'status', 'nextOn'], ['status', 'nextOn'], ['nextOn', 'audit'], ['audit', 'number'], ['recommendation']],
  fold: (row, event) => {
    const happened = event as ObligationEvent;
    if (happened.type === 'ObligationArisen') {
      const { obligation: _, handedOverOn = null, receivedOn = null, repeats = null, ...arisen } = happened.data;
      return reckonedObligation({ ...nothingYet, ...arisen, handedOverOn, receivedOn, repeats, unit: arisen.board });
    }
    if (!row) throw new Error(`${happened.type} of an obligation that never arose`);
    const next = fold(row, happened);
    return next === row ? row : reckonedObligation(next);
  },
});

const nothingYet = {
  allotted: null,
  allottedOn: null,
  status: 'open',
  arisenOn: null,
  replyDueOn: null,
  repliedOn: null,
  proposedReply: false,
  position: null,
  setLastOn: null,
  setBy: null,
  lastDayAsked: false,
  lastOn: null,
  promisedOn: null,
  firstPromisedOn: null,
  driftDays: 0,
  undated: true,
  promises: 0,
  ongoing: 0,
  statedDone: 0,
  nextOn: null,
  implementedOn: null,
  reopenedOn: null,
  judged: null,
  judgedOn: null,
  objected: false,
  requestDueOn: null,
  actions: [],
  judgements: [],
  requests: [],
} as const;
