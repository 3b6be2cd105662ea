import { asks, does, routes } from '#libs/http';
import type { Text } from '#libs/kernel';
import { genomförandeplanRule } from './default-rules.js';
import { deadlineColumns, deadlineExample, DeadlineRow, ListDeadlines } from './list-deadlines.js';
import { DeadlineRuleRow, ListDeadlineRules } from './list-deadline-rules.js';
import { SetDeadlineRule } from './set-deadline-rule.js';

const name = (sv: string, en: string): Text => ({ sv, en });
const { start: _start, ladder, ...terms } = genomförandeplanRule;

/** What is awaited, under `/deadlines`. */
export const DeadlinesController = routes('deadlines', 'Deadlines', [
  asks('', ListDeadlines, {
    summary: 'What is awaited, late first',
    description:
      'By due day. Filters by type, unit, the role that is reminded next or answers for the thing, and the thing itself; `wait` shows what has come or is not awaited any more, `asOf` the list as it was recorded then.',
    answer: DeadlineRow,
    example: deadlineExample,
    columns: deadlineColumns,
  }),
]);

/** The rules of deadlines, under `/deadline-rules`. */
export const DeadlineRulesController = routes('deadline-rules', 'Deadlines', [
  asks('', ListDeadlineRules, {
    summary: 'The rules by which deadlines are reckoned',
    answer: DeadlineRuleRow,
    example: { id: '0c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f', version: 1, ...genomförandeplanRule },
    columns: {
      type: name('Frist', 'Deadline'),
      version: name('Version', 'Version'),
      validFrom: name('Gäller från', 'Valid from'),
      validTo: name('Till', 'To'),
      roll: name('Flyttas', 'Rolls'),
      time: name('Tid', 'Time'),
    },
  }),
  does('POST', '', SetDeadlineRule, {
    summary: 'Set how a type of deadline is reckoned from a day on, and who is reminded when',
    description: 'What has been reckoned stays as it is: the new rule holds for what starts on its first day or later.',
    example: { ...terms, ladder: ladder.map(({ rung: _rung, ...step }) => step) as never },
  }),
]);
