import { Type } from 'typebox';
import { eventType, type EventOf } from '#libs/kernel';
import { ruleFields } from './deadline-rule.js';

export const DeadlineRuleSet = eventType('DeadlineRuleSet', {
  name: { sv: 'Fristregel fastställd', en: 'Deadline rule set' },
  schema: 2,
  reads: { 1: (data: object): object => data }, // no summaries
  data: { ...ruleFields, version: Type.Integer({ minimum: 1, description: 'Counted within the type, from 1.' }) },
});

/** Everything that can happen to a tenant's rules. */
export type DeadlineRulesEvent = EventOf<typeof DeadlineRuleSet>;
