import { DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, isBefore, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { holdersOf } from './match.js';
import { assertApart } from './overlaps.js';
import { assertOwn } from './own-rule.js';
import { ResponsibilityRuleEnded, type ResponsibilityEvent } from './responsibility.events.js';
import type { ResponsibilityRules } from './responsibility-rules.js';

/** A rule holds through a day, and not after it; the day may lie ahead, or have been. Where nothing answers from then on, that is reminded of. */
export class EndResponsibilityRule {
  @Id('The rule.') rule!: string;
  @DayField('The last day for which it holds.') lastDay!: Day;
  @FreeText('Why.', { max: 1000 }) reason!: string;
}

export const endResponsibilityRule: Decide<EndResponsibilityRule, ResponsibilityRules, ResponsibilityEvent, { readonly organisation: Register }> = (
  { rule, lastDay: to, reason },
  state,
  { organisation: register },
) => {
  const known = assertOwn(state, rule);
  if (known.to === to) return [];
  if (isBefore(to, known.from))
    throw contradictory(
      'responsibility.ends-before-it-begins',
      {
        sv: `Regeln gäller först från ${known.from}. Återta den om den aldrig har gällt.`,
        en: `The rule holds from ${known.from} only. Withdraw it where it has never held.`,
      },
      '/lastDay',
    );
  assertApart({ ...known, to }, state, register, holdersOf(register), '/lastDay');
  return [event(ResponsibilityRuleEnded, { rule, to, reason })];
};
