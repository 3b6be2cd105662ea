import { DayField, FreeText, Id } from '#libs/fields';
import { event, forbidden, type Day, type Decide } from '#libs/kernel';
import { AfterwardsSettled, type AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertNotFuture, assertRegistered } from './agreement.refusals.js';
import { withConsequences, type Following } from './consequences.js';
import { terminationOf } from './force.js';

/** What holds once the agreement has ended is settled: another agreement, a reglemente, nothing. Its lapse or notice is reminded of no more. */
export class SettleAfterwards {
  @Id('The agreement.') agreement!: string;
  @DayField('The day it was settled.') on!: Day;
  @FreeText('What holds instead, and where that was decided.', { max: 2000 }) what!: string;
}

export const settleAfterwards: Decide<SettleAfterwards, Agreement, AgreementEvent, Following> = ({ agreement, on, what }, state, { now, today, ruleOn }) => {
  assertRegistered(state);
  assertNotFuture(on, today);
  if (!terminationOf(state) && !state.periods.some(({ because }) => because === 'lapsed')) {
    throw forbidden('agreement.not-ending', {
      sv: 'Överenskommelsen varken löper ut eller är uppsagd: det finns inget efter den att ordna.',
      en: 'The agreement neither lapses nor is terminated: there is nothing after it to settle.',
    });
  }
  if (state.afterwards.some((one) => one.on === on && one.what === what)) return [];
  return withConsequences(state, [event(AfterwardsSettled, { agreement, on, what })], { ruleOn, now });
};
