import { DayField, FreeText, Id } from '#libs/fields';
import { event, forbidden, isAfter, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { TerminationWithdrawn, type AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertNotFuture, assertOwnBoard, assertRegistered } from './agreement.refusals.js';
import { withConsequences, type Following } from './consequences.js';
import { terminationOf } from './force.js';

/** The party that terminated the agreement takes that back while notice runs, or it was recorded by mistake: it stays in force. */
export class WithdrawTermination {
  @Id('The agreement.') agreement!: string;
  @DayField('The day it was taken back.') on!: Day;
  @FreeText('Why.', { max: 2000 }) reason!: string;
}

export const withdrawTermination: Decide<WithdrawTermination, Agreement, AgreementEvent, Following & { readonly organisation: Register }> = (
  { agreement, on, reason },
  state,
  { by, now, today, ruleOn, organisation },
) => {
  assertRegistered(state);
  const standing = terminationOf(state);
  if (!standing) {
    throw forbidden('termination.none', {
      sv: 'Överenskommelsen är inte uppsagd: det finns ingen uppsägning att ta tillbaka.',
      en: 'The agreement is not terminated: there is no termination to take back.',
    });
  }
  assertOwnBoard(organisation, by, standing.party, today);
  assertNotFuture(on, today);
  if (isAfter(on, standing.lastDay)) {
    throw forbidden('termination.took-effect', {
      sv: `Överenskommelsen upphörde efter ${standing.lastDay}. Uppsägningen kan inte tas tillbaka efter det; registrera en ny överenskommelse.`,
      en: `The agreement ended after ${standing.lastDay}. The termination cannot be taken back after that; register a new agreement.`,
    });
  }
  return withConsequences(state, [event(TerminationWithdrawn, { agreement, on, reason })], { ruleOn, now });
};
