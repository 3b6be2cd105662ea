import { Type } from 'typebox';
import { CodeType, DayType, eventType, IdType, InstantType, type EventOf } from '#libs/kernel';
import { DecisionRefType } from '#libs/meetings';
import { STATUS_REPORT_KINDS } from './status-report.codes.js';

const report = IdType('The status report.');
const text = Type.String({ minLength: 1, maxLength: 20_000, description: 'What the board says beside the table.' });

export const StatusReportDrafted = eventType('StatusReportDrafted', {
  name: { sv: 'Lägesrapport påbörjad', en: 'Status report drafted' },
  schema: 1,
  data: {
    report,
    board: IdType('The board that reports.'),
    kind: CodeType(STATUS_REPORT_KINDS, 'For the interim report, or for the annual account.'),
    asOf: DayType('The day whose status it tells.'),
    text: Type.Optional(text),
  },
});

export const StatusReportReworded = eventType('StatusReportReworded', {
  name: { sv: 'Lägesrapportens text ändrad', en: 'Status report reworded' },
  schema: 1,
  data: { report, text },
});

export const StatusReportDecided = eventType('StatusReportDecided', {
  name: { sv: 'Lägesrapport beslutad', en: 'Status report decided' },
  schema: 1,
  data: {
    report,
    on: DayType('The day of the board’s decision.'),
    decision: DecisionRefType,
    decidedBy: IdType('The board that decided.'),
    upTo: Type.Object(
      { entry: IdType('The last entry that had been recorded in the municipality.'), at: InstantType('When that was recorded.') },
      { additionalProperties: false, description: 'What it shows is as it was recorded then, whatever has been recorded since.' },
    ),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of what it shows: the same rows give the same.' }),
    obligations: Type.Integer({ minimum: 0, description: 'How many it tells of.' }),
  },
});

/** Everything that can happen to a status report. */
export type StatusReportEvent = EventOf<typeof StatusReportDrafted> | EventOf<typeof StatusReportReworded> | EventOf<typeof StatusReportDecided>;
