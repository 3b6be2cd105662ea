import { DayField, Id } from '#libs/fields';
import type { Day, Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { endedAfter, inForceOf, rulesFor } from './agreement-rules.js';
import type { ResponsibilityEvent } from './responsibility.events.js';
import type { ResponsibilityRules } from './responsibility-rules.js';

/** An agreement has lapsed, was terminated, or lost what it needs: after the day its clauses are no rules any more. */
export class EndRulesOfAgreement {
  @Id('The agreement.') agreement!: string;
  @DayField('The last day on which it is in force.') lastDay!: Day;
}

export const endRulesOfAgreement: Decide<EndRulesOfAgreement, ResponsibilityRules, ResponsibilityEvent, { readonly organisation: Register }> = (
  { agreement, lastDay },
  state,
  given,
) => rulesFor(agreement, endedAfter(inForceOf(state, agreement), lastDay), state, given);
