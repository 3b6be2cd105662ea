import { Bool, DayField, Int, Nested } from '#libs/fields';
import { contradictory, event, isAfter, type Day, type Decide } from '#libs/kernel';
import { ActionRuleSet, type ActionRulesEvent } from './action-rule.events.js';
import { rulesOf, type ActionRules } from './action-rules.js';

/** How far each level may let a promised day be moved. */
export class Limits {
  @Int('Months from the first promised day to the new one that the responsible role may move it, all moves together.', { min: 0, max: 120 })
  responsibleMonths!: number;
  @Int('Months that the head of the unit may let it be moved.', { min: 0, max: 120 }) unitHeadMonths!: number;
  @Int('Months that the head of the administration may; beyond that the board decides.', { min: 0, max: 120 }) administrationHeadMonths!: number;
}

/** Says from a day on who may let a promised day be moved how far, and whether a second role confirms that an action is done. What was decided stays. */
export class SetActionRule {
  @DayField('First day of decisions for which it holds.') validFrom!: Day;
  @Nested(() => Limits) limits!: Limits;
  @Bool('Whether a second role confirms that an action is done.') confirmDone!: boolean;
}

export const setActionRule: Decide<SetActionRule, ActionRules, ActionRulesEvent> = ({ validFrom, limits, confirmDone }, state) => {
  const { responsibleMonths, unitHeadMonths, administrationHeadMonths } = limits;
  if (responsibleMonths > unitHeadMonths || unitHeadMonths > administrationHeadMonths) {
    throw contradictory(
      'action-rule.not-ascending',
      {
        sv: 'En högre nivå måste få flytta minst lika långt som en lägre. Skriv gränserna i stigande ordning.',
        en: 'A higher level must be able to move at least as far as a lower one. Write the limits in ascending order.',
      },
      '/limits',
    );
  }
  const known = rulesOf(state);
  const later = known.find((rule) => isAfter(rule.validFrom, validFrom));
  if (later) {
    throw contradictory(
      'action-rule.later-one-set',
      {
        sv: `En regel är redan fastställd från ${later.validFrom}. Den nya måste börja gälla då eller senare.`,
        en: `A rule has been set already from ${later.validFrom}. The new one must begin then or later.`,
      },
      '/validFrom',
    );
  }
  const terms = { validFrom, limits: { responsibleMonths, unitHeadMonths, administrationHeadMonths }, confirmDone };
  const same = known.find((rule) => rule.validFrom === validFrom);
  if (same && JSON.stringify([same.limits, same.confirmDone]) === JSON.stringify([terms.limits, confirmDone])) return [];
  return [event(ActionRuleSet, { ...terms, version: Math.max(0, ...known.map(({ version }) => version)) + 1 })];
};
