import type { Answer } from '#libs/commands';
import type { Query } from '#libs/fields';
import { event, type By, type Event } from '#libs/kernel';
import { meeting } from '#libs/meetings';
import { organisationId, units } from '#libs/organisation';
import { smallCityOf, TENANT } from '#libs/small-city';
import { DeadlineRuleSet, deadlineRules, deadlineRulesId, deadlinesView, defaultRules } from '#libs/timers';
import { sql } from '#libs/views';
import { circumstance } from './circumstance.js';
import { circumstancesView } from './circumstances.view.js';
import { coverageFollows } from './coverage-follows.reaction.js';
import { coverageWatch } from './coverage-watch.js';
import { organisationFacts, administrator } from './responsibilities.given.js';
import { ResponsibilitiesModule } from './responsibilities.module.js';
import { responsibilityRulesView } from './responsibility-rules.view.js';
import { responsibilityRules } from './responsibility-rules.js';

// The rules of two municipalities, with views and reactions.

const TENANTS = ['stockholm', 'tyreso'] as const;
export type Tenant = (typeof TENANTS)[number];

export const smallCity = async () => {
  const city = await smallCityOf({
    begins: '2016-01-04T08:00:00.000Z',
    streams: [deadlineRules, meeting, responsibilityRules, coverageWatch, circumstance],
    views: [units, deadlinesView, responsibilityRulesView, circumstancesView],
    modules: [ResponsibilitiesModule],
    reactions: [coverageFollows],
  });
  // The merger is recorded by the story, when it was decided.
  const register = organisationFacts.filter(({ type }) => type !== 'BoardSucceeded');
  for (const tenant of TENANTS) {
    await city.recordIn(tenant, `organisation-${organisationId(tenant)}`, ...register);
    const rules = defaultRules.filter(({ type }) => type === 'responsibility-uncovered');
    await city.recordIn(tenant, `deadline-rules-${deadlineRulesId(tenant)}`, ...rules.map((terms) => event(DeadlineRuleSet, { ...terms, version: 1 })));
  }
  return {
    ...city,
    send: <C extends object>(command: C, said: Partial<C>, by: By = administrator, tenant: Tenant = 'stockholm'): Promise<Answer> =>
      city.send(command, said, by, tenant),
    ask: <A>(query: Query, said: object = {}, by: By = administrator, tenant: Tenant = 'stockholm'): Promise<A> => city.ask<A>(query, said, by, tenant),
    /** What the register says from now on besides. */
    registers: (...facts: readonly Event[]) => city.record(`organisation-${organisationId(TENANT)}`, ...facts),
    /** What is or was awaited, and of whom. */
    waits: () => city.views.read(TENANT, (read) => read.page(deadlinesView, { order: sql`due_on, key`, limit: 100 })),
  };
};
export type SmallCity = Awaited<ReturnType<typeof smallCity>>;
