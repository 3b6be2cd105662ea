import { day, event } from '#libs/kernel';
import { statementId } from './statement-decisions.js';
import { StatementMade, WorkingValueChosen, type StatementEvent } from './statement.events.js';
import type { Period, Statements } from './statements.js';
import { evolveStatements } from './statements.js';

// Case A: when report Nr 5 2020 was handed over, and of which year it is. The documents do not agree.

export const thing = '5b0e6f0e-1111-4c5e-9d0a-4f6f5a0c1d2e';

interface Said {
  readonly about: string;
  readonly value: string;
  readonly on?: Period;
  readonly source: string;
  readonly quotation?: string;
}

export const days = (from: string, to = from): Period => ({ from: day(from), to: day(to) });

export const inApril: Said = {
  about: 'handed-over-on',
  value: 'april 2020',
  on: days('2020-04-01', '2020-04-30'),
  source: '[000] tjänsteutlåtande, Ärendets beredning',
};
export const in2021: Said = {
  about: 'handed-over-on',
  value: '2021',
  on: days('2021-01-01', '2021-12-31'),
  source: '[002]',
  quotation: 'Revisionens granskning 2021',
};
export const year2020: Said = { about: 'period-audited', value: '2020', on: days('2020-01-01', '2020-12-31'), source: '[000]' };

export const made = (said: Said) => event(StatementMade, { statement: statementId(thing, said), ...said });
export const chosen = (about: string, said?: Said) => event(WorkingValueChosen, { about, ...(said && { statement: statementId(thing, said) }) });
export const after = (...events: readonly StatementEvent[]): Statements => events.reduce<Statements>(evolveStatements, {});
