import { never, type EventOf } from '#libs/kernel';
import { BoardSucceeded, SuccessionWithdrawn } from '#libs/organisation';
import { reaction } from '#libs/reactions';
import { endedNear, endedRules } from './ended-rules.query.js';
import {
  AgreementRuleDaysChanged,
  ResponsibilityRuleChanged,
  ResponsibilityRuleEnded,
  ResponsibilityRuleSet,
  ResponsibilityRuleWithdrawn,
  RulesOfAgreementSet,
} from './responsibility.events.js';
import { responsibilityRulesView } from './responsibility-rules.view.js';
import { WatchCoverage } from './watch-coverage.js';

const on = [
  ResponsibilityRuleSet,
  ResponsibilityRuleChanged,
  ResponsibilityRuleEnded,
  ResponsibilityRuleWithdrawn,
  RulesOfAgreementSet,
  AgreementRuleDaysChanged,
  BoardSucceeded,
  SuccessionWithdrawn,
] as const;

/** A rule that ends, goes on or answers for something else may leave others that have ended without one in their place, or give them one. */
export const coverageFollows = reaction({
  name: 'coverage-follows',
  on,
  targets: (event, asOf) =>
    asOf([responsibilityRulesView], async (read) => {
      const touched = touchedBy(event);
      if (touched === undefined) return endedRules(read);
      const found: string[] = [...touched];
      for (const rule of touched) found.push(...(await endedNear(read, rule, event.type === 'ResponsibilityRuleChanged')));
      return [...new Set(found)];
    }),
  react: (_event, rule) => Object.assign(new WatchCoverage(), { rule }),
});

/** The rules that a fact concerns; undefined of a succession, which may concern any. */
const touchedBy = (event: EventOf<(typeof on)[number]>): readonly string[] | undefined => {
  switch (event.type) {
    case 'ResponsibilityRuleSet':
    case 'ResponsibilityRuleChanged':
    case 'ResponsibilityRuleEnded':
    case 'ResponsibilityRuleWithdrawn':
      return [event.data.rule];
    case 'RulesOfAgreementSet':
    case 'AgreementRuleDaysChanged':
      return event.data.rules.map(({ rule }) => rule);
    case 'BoardSucceeded':
    case 'SuccessionWithdrawn':
      return undefined;
    default:
      return never(event);
  }
};
