import { Type } from 'typebox';
import type { Asking, Executor, Moments, Streams } from '#libs/commands';
import { Id, Query } from '#libs/fields';
import { DayType, IdType } from '#libs/kernel';
import { organisationThen } from '#libs/organisation';
import type { Views } from '#libs/views';
import { municipalityOf } from './city.js';
import { claimText } from './in-words.js';
import { responsibilityRuleExample, ResponsibilityRuleRow, ruleRow } from './list-responsibility-rules.query.js';
import { noSuchRule } from './responsibility.refusals.js';
import { responsibilityRulesView } from './responsibility-rules.view.js';

/** One rule of who is responsible, or one thing that is disputed, now or as it was recorded. */
export class ResponsibilityRuleById extends Query {
  @Id('The rule, or what is disputed.') rule!: string;
}

/** @throws Refusal `responsibility.unknown` where there is none */
export const responsibilityRuleById = async (
  { rule }: ResponsibilityRuleById,
  { tenant, today, asOf }: Asking,
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const then = asOf === undefined || at === undefined ? undefined : { asOf, at };
  const city = municipalityOf(await organisationThen(tenant, then, executor, streams), tenant);
  const row = await views.read(tenant, (read) => read.find(responsibilityRulesView, rule), { at });
  if (!row) throw noSuchRule();
  const claims = (row.claims ?? []).map((claim) => ({
    claim: claim.claim,
    ...(claim.rule === undefined ? { says: claimText(claim, today, city) } : { rule: claim.rule }),
  }));
  return { ...ruleRow(row, city), ...(row.prevailed !== null && { prevailed: row.prevailed }), on: today, claims };
};

export const RuleOnPage = Type.Object({
  ...ResponsibilityRuleRow.properties,
  on: DayType('The day as of which boards and units are named in claims.'),
  claims: Type.Array(
    Type.Object({
      claim: IdType('The claim.'),
      rule: Type.Optional(IdType('The rule that claims it.')),
      says: Type.Optional(Type.String({ description: 'What is claimed without a rule, and where it stands.' })),
    }),
    { description: 'Where it is disputed: who claims what.' },
  ),
  prevailed: Type.Optional(IdType('The claim that prevailed, where it is settled.')),
});

export const ruleOnPageExample = { ...responsibilityRuleExample, on: '2024-01-01', claims: [] };
