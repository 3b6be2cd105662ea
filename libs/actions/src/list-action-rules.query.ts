import { Type } from 'typebox';
import type { Asking, Streams } from '#libs/commands';
import { ListQuery } from '#libs/fields';
import { IdType } from '#libs/kernel';
import { actionRuleFields } from './action-rule.events.js';
import { actionRules, actionRulesId, DEFAULT_RULE, rulesOf } from './action-rules.js';

/** Who may let a promised day be moved how far, and whether a second role confirms: each version, the one that began last first. */
export class ListActionRules extends ListQuery {}

/** One version of the rule; the one that holds before any was set has no id. */
export const ActionRuleRow = Type.Object({ id: Type.Optional(IdType('The event that set it.')), version: Type.Integer(), ...actionRuleFields });

export const actionRuleExample = { version: 0, ...DEFAULT_RULE };

export const listActionRules = async ({ limit, offset, asOf }: ListActionRules, { tenant }: Asking, streams: Streams) => {
  const { state } = await streams.tell(tenant, actionRules, actionRulesId(tenant), asOf);
  const rules = [...rulesOf(state).toSorted((a, b) => b.version - a.version), { version: 0, ...DEFAULT_RULE }];
  return { total: rules.length, items: rules.slice(offset, offset + limit).map((rule) => ({ ...rule })) };
};
