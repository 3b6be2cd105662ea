import { Type } from 'typebox';
import { DayType, eventType, type EventOf } from '#libs/kernel';

const months = (description: string) => Type.Integer({ minimum: 0, maximum: 120, description });

/** What a rule for actions says. Data of a tenant, with validity. */
export const actionRuleFields = {
  validFrom: DayType('First day of decisions for which it holds; until the next version.'),
  limits: Type.Object(
    {
      responsibleMonths: months('So many months from the first promised day the responsible role may move it, all moves together.'),
      unitHeadMonths: months('So many the head of the unit may let it be moved.'),
      administrationHeadMonths: months('So many the head of the administration; beyond that the board decides.'),
    },
    { additionalProperties: false },
  ),
  confirmDone: Type.Boolean({ description: 'Whether a second role confirms that an action is done.' }),
};

export const ActionRuleSet = eventType('ActionRuleSet', {
  name: { sv: 'Regel för åtgärder fastställd', en: 'Rule for actions set' },
  schema: 1,
  data: { ...actionRuleFields, version: Type.Integer({ minimum: 1, description: 'Counted from 1.' }) },
});

export type ActionRulesEvent = EventOf<typeof ActionRuleSet>;
