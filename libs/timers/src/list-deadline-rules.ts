import { Type } from 'typebox';
import type { Asking, Streams } from '#libs/commands';
import { ListQuery } from '#libs/fields';
import { IdType } from '#libs/kernel';
import { deadlineRules, deadlineRulesId, rulesOf } from './deadline-rules.js';
import { ruleFields } from './deadline-rule.js';

/** The rules by which deadlines are reckoned: each version, the one that began last first. */
export class ListDeadlineRules extends ListQuery {}

/** One version of a rule. */
export const DeadlineRuleRow = Type.Object({ id: IdType('The event that set it.'), version: Type.Integer(), ...ruleFields });

export const listDeadlineRules = async ({ limit, offset, asOf }: ListDeadlineRules, { tenant }: Asking, streams: Streams) => {
  const { state } = await streams.tell(tenant, deadlineRules, deadlineRulesId(tenant), asOf);
  const rules = rulesOf(state).toSorted((a, b) => (a.type === b.type ? b.version - a.version : a.type < b.type ? -1 : 1));
  return { total: rules.length, items: rules.slice(offset, offset + limit).map((rule) => ({ ...rule })) };
};
