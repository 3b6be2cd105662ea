import type { ActionKind } from '#libs/audits';
import { never, type Day } from '#libs/kernel';
import { differing, evolveStatements, statementEvents, type Statements } from '#libs/statements';
import { deadlineEvents, type DeadlineEvent } from '#libs/timers';
import { col, rowView, type RowOf } from '#libs/views';
import type { ActionStatus, Level, ResponsibleRole } from './action.codes.js';
import { actionEvents, type ActionEvent, type Frequency } from './action.events.js';
import { isUndated } from './action.js';

const columns = {
  title: col.text(),
  kind: col.text<ActionKind>(),
  status: col.text<ActionStatus>(),
  /** The board that it was first given to; the register tells who holds it. */
  board: col.uuid(),
  unit: col.uuid(),
  role: col.text<ResponsibleRole>(),
  timeAsWritten: col.optional(col.text()),
  promisedOn: col.optional(col.day()),
  firstPromisedOn: col.optional(col.day()),
  moves: col.int(),
  /** A move that awaits approval: the day asked for, and who must approve it. */
  askedTo: col.optional(col.day()),
  askedOf: col.optional(col.text<Level>()),
  /** Promised, and nothing says by when: it asks for a day. */
  undated: col.bool(),
  /** Stated to be done, and nothing shows it. */
  evidenceAwaited: col.bool(),
  frequency: col.optional(col.json<Frequency>()),
  /** The day of the latest occasion that is awaited, of an ongoing action. */
  nextOccasionOn: col.optional(col.day()),
  /** Occasions held, and those that were missed and not held in time after all. */
  occasions: col.int(),
  missed: col.int(),
  /** What it is awaited by: the promised day, or the earliest occasion that is awaited. Null where nothing is awaited by a day. */
  dueOn: col.optional(col.day()),
  /** Whether its lateness by the promised day stands recorded. */
  late: col.bool(),
  /** The day the promise was given. */
  givenOn: col.optional(col.day()),
  /** The day it was done, ended, dropped or transferred. */
  overOn: col.optional(col.day()),
  /** Sources state different things about it. */
  differs: col.bool(),
  reply: col.optional(col.uuid()),
  toAction: col.optional(col.uuid()),
  documents: col.json<readonly string[]>(),
  obligations: col.json<readonly string[]>(),
  awaited: col.json<readonly Day[]>(),
  missedOn: col.json<readonly Day[]>(),
  stated: col.json<Statements>(),
};

type Row = RowOf<typeof columns>;
/** A row of the view. */
export type ActionsRow = Row;

const GOES_ON: ReadonlySet<ActionStatus> = new Set(['promised', 'marked-done']);

/** What follows from the rest of a row, reckoned anew after every event. */
const reckoned = (row: Row): Row => {
  const awaited = row.awaited.toSorted();
  const promised = GOES_ON.has(row.status);
  const dueOn = row.status !== 'promised' ? null : row.kind === 'promised' ? row.promisedOn : (awaited[0] ?? null);
  return {
    ...row,
    undated: promised && isUndated({ kind: row.kind, promisedOn: row.promisedOn ?? undefined, frequency: row.frequency ?? undefined }),
    evidenceAwaited: row.kind === 'already-done' && promised && row.documents.length === 0,
    nextOccasionOn: row.status === 'promised' ? (awaited.at(-1) ?? null) : null,
    missed: row.missedOn.length,
    dueOn,
    differs: differing(row.stated).length > 0,
  };
};

const union = <T>(some: readonly T[], more: readonly T[]): readonly T[] => [...new Set([...some, ...more])];
const without = (days: readonly Day[], day: Day): readonly Day[] => days.filter((one) => one !== day);

/** What a deadline of an action says: of the promised day, whether it is late; of occasions, which are awaited and which were missed. */
const withDeadline = (row: Row, { type, data }: Extract<DeadlineEvent, { type: `Deadline${string}` | 'LatenessWithdrawn' }>): Row => {
  if (data.type === 'undated-action') return row;
  const day = data.type === 'action-day';
  const on = data.dueOn;
  switch (type) {
    case 'DeadlineSet':
    case 'DeadlineMoved':
      return day ? { ...row, late: false } : { ...row, awaited: union(row.awaited, [on]) };
    case 'DeadlineMissed':
      return day ? { ...row, late: true } : { ...row, missedOn: union(row.missedOn, [on]) };
    case 'LatenessWithdrawn':
      return day ? { ...row, late: false } : { ...row, missedOn: without(row.missedOn, on) };
    case 'DeadlineMet':
    case 'DeadlineClosed':
      return day ? row : { ...row, awaited: without(row.awaited, on) };
    default:
      return never({ type, data } as never);
  }
};

/** One row per action: what it is, who is responsible, how it stands, by when, and how far that day has wandered. */
export const actionsView = rowView({
  name: 'actions',
  version: 1,
  columns,
  reads: [...actionEvents, ...deadlineEvents, ...statementEvents],
  keys: ({ stream }) => (stream.startsWith('action-') ? stream.slice('action-'.length) : []),
  during: ['status', 'unit'],
  indexes: [['status', 'dueOn'], ['unit', 'status', 'dueOn'], ['unit', 'kind', 'status'], ['reply'], ['toAction']],
  fold: (row, seen) => {
    const { type, data } = seen as ActionEvent;
    if (type === 'ActionProposed') {
      const { title, kind, board, unit, role, timeAsWritten, promisedOn, frequency, reply, obligations } = data;
      return {
        title,
        kind,
        status: 'proposed',
        board,
        unit,
        role,
        timeAsWritten: timeAsWritten ?? null,
        promisedOn: promisedOn ?? null,
        firstPromisedOn: promisedOn ?? null,
        moves: 0,
        askedTo: null,
        askedOf: null,
        undated: false,
        evidenceAwaited: false,
        frequency: frequency ?? null,
        nextOccasionOn: null,
        occasions: 0,
        missed: 0,
        dueOn: null,
        late: false,
        givenOn: null,
        overOn: null,
        differs: false,
        reply: reply ?? null,
        toAction: null,
        documents: [],
        obligations,
        awaited: [],
        missedOn: [],
        stated: {},
      };
    }
    if (!row) throw new Error(`${type} of an action that was never proposed`);
    switch (type) {
      case 'ActionPromised':
        return reckoned({ ...row, status: data.stands.status, givenOn: data.on });
      case 'ActionWithdrawn':
        return reckoned({ ...row, status: 'withdrawn' });
      case 'TimeReadAnew':
      case 'FirstDaySet': {
        const { promisedOn = null, firstPromisedOn = null } = data.stands;
        const written = type === 'TimeReadAnew' ? data.timeAsWritten : undefined;
        return reckoned({ ...row, promisedOn, firstPromisedOn, timeAsWritten: written ?? row.timeAsWritten });
      }
      case 'FrequencyReadAnew':
        return reckoned({ ...row, frequency: data.frequency });
      case 'MoveRequested':
        return { ...row, askedTo: data.to, askedOf: data.needs };
      case 'ActionDayMoved':
        return reckoned({ ...row, promisedOn: data.to, moves: row.moves + 1, askedTo: null, askedOf: null });
      case 'MoveRefused':
        return { ...row, askedTo: null, askedOf: null };
      case 'OccasionHeld':
        return { ...row, occasions: row.occasions + 1 };
      case 'ActionEnded':
        return reckoned({ ...row, status: 'ended', overOn: data.on });
      case 'ActionDone': {
        const done = { ...row, documents: union(row.documents, data.documents), askedTo: null, askedOf: null };
        return reckoned({ ...done, status: data.confirmed ? 'done' : 'marked-done', overOn: data.doneOn });
      }
      case 'DoneDayCorrected':
        return { ...row, overOn: data.to };
      case 'DoneConfirmed':
        return reckoned({ ...row, status: 'done' });
      case 'DoneRejected':
        return reckoned({ ...row, status: 'promised', overOn: null });
      case 'EvidenceAdded': {
        const shown = row.kind === 'already-done' && row.status === 'promised';
        return reckoned({ ...row, documents: union(row.documents, data.documents), status: shown ? 'done' : row.status });
      }
      case 'ActionDropped':
        return reckoned({ ...row, status: 'dropped', overOn: data.on, askedTo: null, askedOf: null });
      case 'ActionTransferred':
        return data.toAction === undefined
          ? { ...row, obligations: data.obligations }
          : reckoned({ ...row, status: 'transferred', overOn: data.on, toAction: data.toAction, askedTo: null, askedOf: null });
      case 'ResponsibleChanged':
        return { ...row, unit: data.unit, role: data.role };
      case 'StatementMade':
      case 'WorkingValueChosen':
        return reckoned({ ...row, stated: evolveStatements(row.stated, { type, data } as Parameters<typeof evolveStatements>[1]) });
      case 'ProgressReported':
      case 'ReminderIssued':
      case 'RemindersSuppressed':
        return row;
      case 'DeadlineSet':
      case 'DeadlineMoved':
      case 'DeadlineMet':
      case 'DeadlineMissed':
      case 'LatenessWithdrawn':
      case 'DeadlineClosed':
        return reckoned(withDeadline(row, { type, data } as Parameters<typeof withDeadline>[1]));
      default:
        return never({ type, data } as never);
    }
  },
});
