import type { ActionKind, ActionState } from '#libs/audits';
import { derivedId, never, type Day, type Recorded, type Stream } from '#libs/kernel';
import { evolveStatements, statementEvents, type Statements } from '#libs/statements';
import { deadlineEvents, evolveDeadlines, type Deadline, type Deadlines } from '#libs/timers';
import { LEVELS, type ActionStatus, type Level, type ResponsibleRole } from './action.codes.js';
import { actionEvents, type ActionEvent, type Frequency, type Stands } from './action.events.js';
import type { Periods } from './months.js';

/** A move of the day that awaits approval. */
export interface AskedMove {
  readonly move: string;
  readonly to: Day;
  readonly reason: string;
  readonly needs: Level;
}

/** An occasion of an ongoing action. */
interface Occasion {
  /** Last day of the period that it was held for. */
  readonly occasion: Day;
  readonly heldOn: Day;
}

/** Who made it promised, and when. */
interface Commitment {
  readonly on: Day;
  /** The board whose decision it was, where it is known. */
  readonly decidedBy: string | undefined;
}

/** What every action has that was ever proposed. */
export interface Planned {
  readonly action: string;
  readonly kind: ActionKind;
  /** The board that it was first given to, and who is responsible within it. */
  readonly board: string;
  readonly unit: string;
  readonly role: ResponsibleRole;
  readonly obligations: readonly string[];
  readonly timeAsWritten: string | undefined;
  readonly promisedOn: Day | undefined;
  /** The first promised day, as it is read now: what all moves are counted from. */
  readonly firstPromisedOn: Day | undefined;
  /** How many times the day has been moved. */
  readonly moves: number;
  /** The highest level that has approved a move; `responsible` before any. */
  readonly approved: Level;
  readonly asked: AskedMove | undefined;
  /** How many moves have been asked for or made: the next one's id follows from it. */
  readonly movesBegun: number;
  readonly frequency: Frequency | undefined;
  /** In the order they were recorded. */
  readonly occasions: readonly Occasion[];
  /** Evidence that it was done, of whatever kind it is. */
  readonly documents: readonly string[];
  readonly promise: Commitment | undefined;
  readonly deadlines: Deadlines;
  readonly statements: Statements;
}

/** Who said that it is done: another person in another role confirms it. */
interface Marked {
  readonly doneOn: Day;
  readonly actor: string;
  readonly role: string;
}

export type Proposed = Planned & { readonly status: 'proposed' };
export type Promised = Planned & { readonly status: 'promised' };
export type MarkedDone = Planned & { readonly status: 'marked-done'; readonly marked: Marked };
export type Over =
  | (Planned & { readonly status: 'done'; readonly doneOn: Day | undefined })
  | (Planned & { readonly status: 'ended' | 'dropped'; readonly overOn: Day })
  | (Planned & { readonly status: 'transferred'; readonly overOn: Day; readonly toAction: string })
  | (Planned & { readonly status: 'withdrawn' });

/** A corrective action, from nobody having proposed it until it is over. */
export type Action = { readonly status: 'none' } | Proposed | Promised | MarkedDone | Over;
export type Known = Exclude<Action, { status: 'none' }>;

/** The deadline of the promised day. */
export const dayDeadlineId = (action: string): string => derivedId(action, 'action-day');
/** The deadline by which an undated action is to get a day. */
export const undatedDeadlineId = (action: string): string => derivedId(action, 'undated-action');
/** The deadline of one occasion: the period is known by its last day. */
export const occasionDeadlineId = (action: string, occasion: Day): string => derivedId(action, 'action-occasion', occasion);

export const dayDeadline = ({ action, deadlines }: Planned): Deadline | undefined => deadlines[dayDeadlineId(action)];
export const undatedDeadline = ({ action, deadlines }: Planned): Deadline | undefined => deadlines[undatedDeadlineId(action)];

/** Whether a wait goes on. */
export const isAwaited = (deadline: Deadline | undefined): deadline is Deadline => deadline?.status === 'open' || deadline?.status === 'missed';

/** Occasions that are awaited, the earliest first. */
export const awaitedOccasions = ({ deadlines }: Planned): readonly Deadline[] =>
  Object.values(deadlines)
    .filter((deadline) => deadline.plan.type === 'action-occasion' && isAwaited(deadline))
    .toSorted((a, b) => (a.plan.dueOn < b.plan.dueOn ? -1 : 1));

/** The periods of an ongoing action, where its frequency has been taken to mean some. */
export const periodsOf = ({ frequency, promise }: Pick<Planned, 'frequency' | 'promise'>): Periods | undefined => {
  const startsOn = frequency?.startsOn ?? promise?.on;
  if (frequency === undefined || startsOn === undefined) return undefined;
  if (frequency.everyMonths !== undefined) return { startsOn, every: frequency.everyMonths, unit: 'months' };
  return frequency.everyDays === undefined ? undefined : { startsOn, every: frequency.everyDays, unit: 'days' };
};

/** Promised, and no day or frequency says by when: it asks for one. */
export const isUndated = ({ kind, promisedOn, frequency }: Pick<Planned, 'kind' | 'promisedOn' | 'frequency'>): boolean => {
  switch (kind) {
    case 'already-done':
      return false;
    case 'ongoing':
      return frequency?.everyMonths === undefined && frequency?.everyDays === undefined;
    case 'promised':
      return promisedOn === undefined;
    default:
      return never(kind);
  }
};

/** How it stands, as the obligations that it answers are told. */
export const stands = ({ kind, promisedOn, firstPromisedOn }: Pick<Planned, 'kind' | 'promisedOn' | 'firstPromisedOn'>, status: ActionState): Stands => ({
  kind,
  status,
  ...(promisedOn !== undefined && { promisedOn }),
  ...(firstPromisedOn !== undefined && { firstPromisedOn }),
});

/** The same for one that goes on as it was: marked done is promised to those who await it. */
export const toldStatus = (status: ActionStatus): ActionState => (status === 'marked-done' ? 'promised' : status);

/** The higher of two levels. */
const higher = (a: Level, b: Level): Level => (LEVELS.indexOf(a) < LEVELS.indexOf(b) ? b : a);

/** What is common to every status, without what only one of them has. */
export const planned = (known: Planned): Planned => ({
  action: known.action,
  kind: known.kind,
  board: known.board,
  unit: known.unit,
  role: known.role,
  obligations: known.obligations,
  timeAsWritten: known.timeAsWritten,
  promisedOn: known.promisedOn,
  firstPromisedOn: known.firstPromisedOn,
  moves: known.moves,
  approved: known.approved,
  asked: known.asked,
  movesBegun: known.movesBegun,
  frequency: known.frequency,
  occasions: known.occasions,
  documents: known.documents,
  promise: known.promise,
  deadlines: known.deadlines,
  statements: known.statements,
});

/** What was stated to be done is done once there is evidence, and promised. */
const withEvidence = (known: Known, documents: readonly string[]): Known => {
  const evidence = { ...known, documents: [...new Set([...known.documents, ...documents])] };
  return evidence.status === 'promised' ? evidenced(evidence) : evidence;
};
const evidenced = (promised: Promised): Known =>
  promised.kind === 'already-done' && promised.documents.length > 0 ? { ...planned(promised), status: 'done', doneOn: undefined } : promised;

const withDoneDay = (state: Known, doneOn: Day): Known => {
  if (state.status === 'done') return { ...state, doneOn };
  return state.status === 'marked-done' ? { ...state, marked: { ...state.marked, doneOn } } : state;
};

const evolve = (state: Action, event: ActionEvent, { by }: Recorded): Action => {
  if (event.type === 'ActionProposed') {
    const { action, kind, board, unit, role, obligations, timeAsWritten, promisedOn, frequency } = event.data;
    const said = { action, kind, board, unit, role, obligations, timeAsWritten, promisedOn, firstPromisedOn: promisedOn, frequency };
    const nothingYet = {
      moves: 0,
      approved: 'responsible',
      asked: undefined,
      movesBegun: 0,
      occasions: [],
      documents: [],
      promise: undefined,
      deadlines: {},
      statements: {},
    } as const;
    return { status: 'proposed', ...said, ...nothingYet };
  }
  if (state.status === 'none') return state; // an action begins with its proposal; nothing else can stand first
  switch (event.type) {
    case 'ActionPromised': {
      const { on, decidedBy } = event.data;
      return evidenced({ ...planned(state), status: 'promised', promise: { on, decidedBy } });
    }
    case 'ActionWithdrawn':
      return { ...planned(state), status: 'withdrawn' };
    case 'TimeReadAnew': {
      const { timeAsWritten = state.timeAsWritten, stands: so } = event.data;
      return { ...state, timeAsWritten, promisedOn: so.promisedOn, firstPromisedOn: so.firstPromisedOn };
    }
    case 'FirstDaySet':
      return { ...state, promisedOn: event.data.on, firstPromisedOn: event.data.on };
    case 'FrequencyReadAnew':
      return { ...state, frequency: event.data.frequency };
    case 'MoveRequested': {
      const { move, to, reason, needs } = event.data;
      return { ...state, asked: { move, to, reason, needs }, movesBegun: state.movesBegun + 1 };
    }
    case 'ActionDayMoved': {
      const { move, to, approvedBy } = event.data;
      const movesBegun = state.movesBegun + (move === state.asked?.move ? 0 : 1);
      return { ...state, promisedOn: to, moves: state.moves + 1, approved: higher(state.approved, approvedBy), asked: undefined, movesBegun };
    }
    case 'MoveRefused':
      return { ...state, asked: undefined };
    case 'ProgressReported':
      return state;
    case 'OccasionHeld': {
      const { occasion, heldOn } = event.data;
      return { ...state, occasions: [...state.occasions, { occasion, heldOn }] };
    }
    case 'ActionEnded':
      return { ...planned(state), status: 'ended', overOn: event.data.on };
    case 'ActionDone': {
      const { doneOn, documents, confirmed } = event.data;
      const done = { ...planned(state), documents: [...new Set([...state.documents, ...documents])], asked: undefined };
      return confirmed ? { ...done, status: 'done', doneOn } : { ...done, status: 'marked-done', marked: { doneOn, actor: by.actor, role: by.role } };
    }
    case 'DoneDayCorrected':
      return withDoneDay(state, event.data.to);
    case 'DoneConfirmed':
      return state.status === 'marked-done' ? { ...planned(state), status: 'done', doneOn: state.marked.doneOn } : state;
    case 'DoneRejected':
      return { ...planned(state), status: 'promised' };
    case 'EvidenceAdded':
      return withEvidence(state, event.data.documents);
    case 'ActionDropped':
      return { ...planned(state), status: 'dropped', overOn: event.data.on };
    case 'ActionTransferred': {
      const { obligations, toAction, on } = event.data;
      return toAction === undefined ? { ...state, obligations } : { ...planned(state), status: 'transferred', overOn: on, toAction };
    }
    case 'ResponsibleChanged':
      return { ...state, unit: event.data.unit, role: event.data.role };
    case 'StatementMade':
    case 'WorkingValueChosen':
      return { ...state, statements: evolveStatements(state.statements, event) };
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

/** The stream of one corrective action: `action-<uuid>`. */
export const action: Stream<Action, ActionEvent> = {
  name: 'action',
  events: [...actionEvents, ...deadlineEvents, ...statementEvents],
  initial: { status: 'none' },
  evolve,
};

/** The unit that an action was given to: access follows from who handles it today. */
export const unitOf = (state: Action): string | undefined => (state.status === 'none' ? undefined : state.unit);
/** The deadlines of an action. */
export const deadlinesOf = (state: Action): Deadlines => (state.status === 'none' ? {} : state.deadlines);
