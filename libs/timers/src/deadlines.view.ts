import { col, rowView } from '#libs/views';
import { deadlineEvents } from './deadline.events.js';
import { evolveDeadline, isLate, type Deadline } from './deadline.js';
import { nextKnock } from './knock.js';

/**
 * Every deadline of every owner, and what it is next to be knocked for. Timers act on it: a row in quarantine makes the process
 * not ready, since a reminder must not vanish in silence.
 */
export const deadlinesView = rowView({
  name: 'deadlines',
  version: 1,
  acting: true,
  columns: {
    /** First part of the owner's stream: `order`. */
    stream: col.text(),
    owner: col.uuid(),
    type: col.text(),
    status: col.text<Deadline['status']>(),
    late: col.bool(),
    unit: col.uuid(),
    dueOn: col.day(),
    generation: col.int(),
    nextAt: col.optional(col.instant()),
    nextRung: col.optional(col.text()),
    nextOccurrence: col.optional(col.int()),
    /** The event that set or moved it, and the chain that this belongs to: what a knock is caused by. */
    caus: col.uuid(),
    corr: col.text(),
    deadline: col.json<Deadline>(),
  },
  reads: deadlineEvents,
  keys: ({ data }) => data.deadline,
  fold: (row, event) => {
    const deadline = evolveDeadline(row?.deadline, event);
    if (!deadline) throw new Error(`${event.type} of a deadline that was never set`);
    const begins = event.type === 'DeadlineSet' || event.type === 'DeadlineMoved';
    const next = nextKnock(deadline);
    return {
      stream: event.stream.slice(0, -37),
      owner: event.stream.slice(-36),
      type: deadline.plan.type,
      status: deadline.status,
      late: isLate(deadline),
      unit: deadline.plan.unit,
      dueOn: deadline.plan.dueOn,
      generation: deadline.generation,
      nextAt: next?.at ?? null,
      nextRung: next?.rung ?? null,
      nextOccurrence: next?.occurrence ?? null,
      caus: begins || !row ? event.id : row.caus,
      corr: begins || !row ? event.corr : row.corr,
      deadline,
    };
  },
  during: ['unit', 'status'],
  indexes: [['nextAt'], ['unit', 'status', 'dueOn']],
});
