import { col, rowView } from '#libs/views';
import { LateRecordingNoted, LateSummaryIssued } from './late-summary.events.js';
import { lateSummaries, type LateSummaries } from './late-summary.js';

/** What summaries are knocked for. */
const RUNG = 'late-summary';

/**
 * A row for each municipality that has recorded something late, and when the summary of it is next to be knocked for: the columns
 * that timers read are those of the view of deadlines. Rebuilt, it issues nothing again: what was issued are facts.
 */
export const lateSummariesView = rowView({
  name: 'late_summaries',
  version: 1,
  acting: true,
  columns: {
    stream: col.text(),
    owner: col.uuid(),
    /** The unit of which the first of what is gathered was noted. */
    unit: col.uuid(),
    generation: col.int(),
    nextAt: col.optional(col.instant()),
    nextRung: col.optional(col.text()),
    nextOccurrence: col.optional(col.int()),
    /** The first event of what is gathered, and its chain. */
    caus: col.uuid(),
    corr: col.text(),
    summaries: col.json<LateSummaries>(),
  },
  reads: [LateRecordingNoted, LateSummaryIssued],
  keys: ({ stream }) => stream.slice(-36),
  fold: (row, event) => {
    const before = row?.summaries ?? lateSummaries.initial;
    const summaries = lateSummaries.evolve(before, event, event);
    const begins = !row || before.status === 'nothing-new';
    return {
      stream: lateSummaries.name,
      owner: event.stream.slice(-36),
      unit: begins ? event.data.unit : row.unit,
      generation: summaries.generation + 1,
      ...(summaries.status === 'gathering'
        ? { nextAt: summaries.issueAt, nextRung: RUNG, nextOccurrence: 0 }
        : { nextAt: null, nextRung: null, nextOccurrence: null }),
      caus: begins ? event.id : row.caus,
      corr: begins ? event.corr : row.corr,
      summaries,
    };
  },
  indexes: [['nextAt']],
});
