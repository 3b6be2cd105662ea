import { DayField, FreeText, Id, Nested } from '#libs/fields';
import type { Day } from '#libs/kernel';
import { MAX_QUOTATION, MAX_SOURCE, MAX_VALUE } from './statement.events.js';

/** The days that a value is taken to mean. */
export class PeriodMeant {
  @DayField('Its first day.') from!: Day;
  @DayField('Its last day; the first, where it is one day.') to!: Day;
}

/** What a source says. A domain's command extends it with which thing, and with `about`, a code of its own. */
export class StatementFields {
  @FreeText('The value as the source writes it.', { max: MAX_VALUE }) value!: string;
  @Nested(() => PeriodMeant, { optional: true }) on?: PeriodMeant;
  @FreeText('Where it stands: document, page, chapter.', { max: MAX_SOURCE }) source!: string;
  @FreeText('The words of the source.', { max: MAX_QUOTATION, optional: true }) quotation?: string;
}

/** Which statement is worked with. A domain's command extends it with which thing, and with `about`, a code of its own. */
export class WorkingValueFields {
  @Id('The statement that is worked with; left out: none of them is.', { optional: true }) statement?: string;
}
