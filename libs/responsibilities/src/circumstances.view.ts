import { never } from '#libs/kernel';
import { evolveStatements, statementEvents, type Statements } from '#libs/statements';
import { col, rowView } from '#libs/views';
import { ResponsibilityCircumstanceNoted, type CircumstanceEvent } from './circumstance.events.js';
import { circumstance } from './circumstance.js';
import type { ResponsibilityKind } from './responsibility.codes.js';
import { matching } from './responsibility-rules.view.js';
import type { Match } from './rule-fields.js';

const STREAM = `${circumstance.name}-`;

/** One row for each thing that bears on who is responsible, with all that sources say of it. */
export const circumstancesView = rowView({
  name: 'responsibility_circumstances',
  version: 1,
  columns: {
    /** Null where it bears on every kind. */
    kind: col.optional(col.text<ResponsibilityKind>()),
    matching: col.text(),
    match: col.json<Match>(),
    title: col.text(),
    source: col.text(),
    statements: col.json<Statements>(),
  },
  reads: [ResponsibilityCircumstanceNoted, ...statementEvents],
  keys: ({ stream }) => (stream.startsWith(STREAM) ? stream.slice(STREAM.length) : []),
  counts: { by: ['matching'], of: [] },
  fold: (row, { type, data }) => {
    const event = { type, data } as CircumstanceEvent;
    switch (event.type) {
      case 'ResponsibilityCircumstanceNoted': {
        const { kind = null, match, title, source } = event.data;
        return { kind, matching: matching(match), match, title, source, statements: {} };
      }
      case 'StatementMade':
      case 'WorkingValueChosen':
        return row && { ...row, statements: evolveStatements(row.statements, event) };
      default:
        return never(event);
    }
  },
});
