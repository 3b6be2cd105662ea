import { isEarlier, never, type Day } from '#libs/kernel';
import { col, rowView, sql, type Found, type Read, type RowOf } from '#libs/views';
import { deadlineEvents } from './deadline.events.js';
import { evolveDeadline, isLate, type Deadline } from './deadline.js';
import { nextKnock } from './knock.js';
import { nextReminder } from './reminders.js';

/** Whether something is still awaited, however late, or how the wait came to its end. */
export const WAITS = ['awaited', 'met', 'closed'] as const;
export type Wait = (typeof WAITS)[number];

const columns = {
  /** First part of the owner's stream: `order`. */
  stream: col.text(),
  owner: col.uuid(),
  type: col.text(),
  status: col.text<Deadline['status']>(),
  wait: col.text<Wait>(),
  late: col.bool(),
  /** Whether its day had passed already when it was set or moved. */
  recordedLate: col.bool(),
  unit: col.uuid(),
  startOn: col.day(),
  dueOn: col.day(),
  /** The day on which the wait was over: what was awaited came, or nothing was awaited any more. */
  overOn: col.optional(col.day()),
  /** The role that is reminded first: as a rule the one that answers for the thing. */
  responsible: col.optional(col.text()),
  /** The role that is reminded next; null where nobody is. */
  nextRole: col.optional(col.text()),
  generation: col.int(),
  nextAt: col.optional(col.instant()),
  nextRung: col.optional(col.text()),
  nextOccurrence: col.optional(col.int()),
  /** The event that set or moved it, and the chain that this belongs to: what a knock is caused by. */
  caus: col.uuid(),
  corr: col.text(),
  deadline: col.json<Deadline>(),
};

/**
 * Every deadline of every owner, and what it is next to be knocked for. Timers act on it: a row in quarantine makes the process
 * not ready, since a reminder must not vanish in silence.
 */
export const deadlinesView = rowView({
  name: 'deadlines',
  version: 2,
  acting: true,
  columns,
  reads: deadlineEvents,
  keys: ({ data }) => data.deadline,
  fold: (row, event) => {
    const deadline = evolveDeadline(row?.deadline, event);
    if (!deadline) throw new Error(`${event.type} of a deadline that was never set`);
    const begins = event.type === 'DeadlineSet' || event.type === 'DeadlineMoved';
    const next = nextKnock(deadline);
    const { plan } = deadline;
    return {
      stream: event.stream.slice(0, -37),
      owner: event.stream.slice(-36),
      type: plan.type,
      status: deadline.status,
      wait: waitOf(deadline),
      late: isLate(deadline),
      recordedLate: begins || !row ? !isEarlier(event.at, plan.missedAt) : row.recordedLate,
      unit: plan.unit,
      startOn: plan.startOn,
      dueOn: plan.dueOn,
      overOn: overOn(deadline),
      responsible: plan.ladder[0]?.role ?? null,
      nextRole: (next && nextReminder(deadline)?.rung.role) ?? null,
      generation: deadline.generation,
      nextAt: next?.at ?? null,
      nextRung: next?.rung ?? null,
      nextOccurrence: next?.occurrence ?? null,
      caus: begins || !row ? event.id : row.caus,
      corr: begins || !row ? event.corr : row.corr,
      deadline,
    };
  },
  during: ['unit', 'wait'],
  indexes: [['nextAt'], ['wait', 'dueOn'], ['unit', 'wait', 'dueOn'], ['type', 'wait', 'dueOn'], ['owner']],
});

const waitOf = ({ status }: Deadline): Wait => (status === 'open' || status === 'missed' ? 'awaited' : status);

const overOn = (deadline: Deadline): Day | null => {
  switch (deadline.status) {
    case 'open':
    case 'missed':
      return null;
    case 'met':
      return deadline.metOn;
    case 'closed':
      return deadline.closedOn;
    default:
      return never(deadline);
  }
};

/** Of some deadlines those that are late and awaited still, the earliest first. */
export const stillAwaited = async (read: Read, deadlines: readonly string[]): Promise<readonly Found<RowOf<typeof columns>>[]> => {
  const where = sql`key = any(${deadlines}) and wait = 'awaited' and late`;
  return (await read.list(deadlinesView, { where, order: sql`due_on, key`, limit: deadlines.length })).rows;
};
