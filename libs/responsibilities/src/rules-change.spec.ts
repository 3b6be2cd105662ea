import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { changeResponsibilityRule } from './change-responsibility-rule.js';
import { endResponsibilityRule } from './end-responsibility-rule.js';
import { narrowResponsibilityRule } from './narrow-responsibility-rule.js';
import {
  ResponsibilityRuleChanged,
  ResponsibilityRuleEnded,
  ResponsibilityRuleSet,
  ResponsibilityRuleWithdrawn,
  RulesOfAgreementSet,
} from './responsibility.events.js';
import { responsibilityRulesId } from './responsibility-rules.js';
import { answered, given, id, ids, organisation, set, terms } from './responsibilities.given.js';
import { withdrawResponsibilityRule } from './withdraw-responsibility-rule.js';

const needs = { organisation };
const rule = id('a');
const reason = 'Skäl.';
const ended = (to: string, of = 'a') => event(ResponsibilityRuleEnded, { rule: id(of), to: day(to), reason });
const withdrawn = (of = 'a') => event(ResponsibilityRuleWithdrawn, { rule: id(of), reason });
const { kind, match, answer, basis } = terms();
const byAgreement = event(RulesOfAgreementSet, {
  agreement: ids.agreement,
  version: 'v1',
  from: day('2022-10-01'),
  rules: [{ rule, clause: '1', kind, match, answer, basis }],
  disputes: [],
});
const changes = (said: Parameters<typeof terms>[0] = {}) => ({ rule, ...terms(said), reason });

test('a rule is corrected for all its days; what it said before is a fact that stays', () => {
  const corrected = event(ResponsibilityRuleChanged, { rule, ...terms({ from: day('2018-01-01') }), reason });
  given(set('a'))
    .when(changeResponsibilityRule, changes({ from: day('2018-01-01') }), needs)
    .then(corrected);
  expect(answered([set('a'), corrected], '2017-12-31').outcome).toBe('none-designated');
  expect(answered([set('a')], '2017-12-31').outcome).toBe('designated');
});

test('the same again says nothing new; another kind is refused as responsibility.kind-stays', () => {
  given(set('a')).when(changeResponsibilityRule, changes(), needs).thenNothing();
  given(set('a'))
    .when(changeResponsibilityRule, changes({ kind: 'overall' }), needs)
    .thenRefused('responsibility.kind-stays');
});

test('a change that would overlap another rule is refused as responsibility.overlap, and so is a contradictory one', () => {
  const other = set('b', { match: { provisionForm: 'outsourced' } });
  given(set('a'), other)
    .when(changeResponsibilityRule, changes({ match: {} }), needs)
    .thenRefused('responsibility.overlap');
  given(set('a'))
    .when(changeResponsibilityRule, changes({ to: day('2015-01-01') }), needs)
    .thenRefused('responsibility.period-reversed');
});

test.each([
  ['responsibility.unknown', []],
  ['responsibility.withdrawn', [set('a'), withdrawn()]],
  ['responsibility.by-agreement', [byAgreement]],
] as const)('what cannot be changed, ended or narrowed is refused as %s', (code, facts) => {
  given(...facts)
    .when(changeResponsibilityRule, changes({ basis: 'Annat' }), needs)
    .thenRefused(code);
  given(...facts)
    .when(endResponsibilityRule, { rule, lastDay: day('2023-12-31'), reason }, needs)
    .thenRefused(code);
  given(...facts)
    .when(narrowResponsibilityRule, { rule, from: day('2024-01-01'), into: [{ match }], reason }, needs)
    .thenRefused(code);
});

test('a rule ends after a day that lies ahead, or has been; the same day again says nothing new', () => {
  given(set('a'))
    .when(endResponsibilityRule, { rule, lastDay: day('2023-12-31'), reason }, needs)
    .then(ended('2023-12-31'));
  given(set('a'))
    .when(endResponsibilityRule, { rule, lastDay: day('2020-12-31'), reason }, needs)
    .then(ended('2020-12-31'));
  given(set('a'), ended('2020-12-31'))
    .when(endResponsibilityRule, { rule, lastDay: day('2020-12-31'), reason }, needs)
    .thenNothing();
  expect(answered([set('a'), ended('2020-12-31')], '2020-12-31').outcome).toBe('designated');
  expect(answered([set('a'), ended('2020-12-31')], '2021-01-01').outcome).toBe('none-designated');
});

test('one that ends before it begins is refused; so is one that would go on into another', () => {
  given(set('a'))
    .when(endResponsibilityRule, { rule, lastDay: day('2015-12-31'), reason }, needs)
    .thenRefused('responsibility.ends-before-it-begins');
  const next = set('b', { from: day('2021-01-01') });
  given(set('a'), ended('2020-12-31'), next)
    .when(endResponsibilityRule, { rule, lastDay: day('2021-06-30'), reason }, needs)
    .thenRefused('responsibility.overlap');
});

test('a rule that was recorded by mistake is withdrawn, once', () => {
  given(set('a')).when(withdrawResponsibilityRule, { rule, reason }, {}).then(withdrawn());
  given(set('a'), withdrawn()).when(withdrawResponsibilityRule, { rule, reason }, {}).thenNothing();
  given().when(withdrawResponsibilityRule, { rule, reason }, {}).thenRefused('responsibility.unknown');
  given(byAgreement).when(withdrawResponsibilityRule, { rule, reason }, {}).thenRefused('responsibility.by-agreement');
  expect(answered([set('a'), withdrawn()], '2020-01-01').outcome).toBe('none-designated');
});

const general = set('a', { match: { provisionForm: 'in-house-school' }, to: day('2030-12-31') });
const narrowed = (nth: number) => derivedId(responsibilityRulesId('stockholm'), 'rule', nth);

test('narrower rules stand in the place of a general one from a day on: an exception can then be set', () => {
  const into = [
    { match: { provisionForm: 'in-house-school', service: 'daily-activities' } },
    { match, answer: { who: 'operating' as const }, basis: 'KL 6:6' },
  ] as const;
  const from = day('2024-01-01');
  const outcome = given(general).when(narrowResponsibilityRule, { rule, from, into: [...into], reason }, needs);
  outcome.then(
    ended('2023-12-31'),
    event(ResponsibilityRuleSet, { rule: narrowed(1), ...terms({ match: into[0].match, from, to: day('2030-12-31') }), narrows: rule }),
    event(ResponsibilityRuleSet, {
      rule: narrowed(2),
      ...terms({ match, answer: { who: 'operating' }, basis: 'KL 6:6', from, to: day('2030-12-31') }),
      narrows: rule,
    }),
  );
  const facts = [general, ...outcome.events];
  expect(answered(facts, '2023-12-31')).toMatchObject({ designee: { board: ids.social } });
  expect(answered(facts, '2024-01-01')).toMatchObject({ designee: { board: ids.education } });
});

test('from its first day on the general one has never held', () => {
  given(general)
    .when(narrowResponsibilityRule, { rule, from: day('2016-01-01'), into: [{ match }], reason }, needs)
    .thenTypes('ResponsibilityRuleWithdrawn', 'ResponsibilityRuleSet');
});

test.each([
  ['responsibility.not-then', { from: day('2015-12-31'), into: [{ match }] }],
  ['responsibility.not-then', { from: day('2031-01-01'), into: [{ match }] }],
  ['responsibility.not-narrower', { from: day('2024-01-01'), into: [{ match: { service: 'short-term-supervision' } }] }],
  ['responsibility.overlap', { from: day('2024-01-01'), into: [{ match }, { match: { ...match, operatingBoard: ids.education } }] }],
  ['responsibility.not-a-board', { from: day('2024-01-01'), into: [{ match: { ...match, operatingBoard: ids.law } }] }],
] as const)('narrowing is refused as %s', (code, { from, into }) => {
  given(general)
    .when(narrowResponsibilityRule, { rule, from, into: [...into], reason }, needs)
    .thenRefused(code);
});

test('a narrower rule that would overlap a third one is refused', () => {
  const disputed = set('b', { match: { provisionForm: 'in-house-school', service: 'daily-activities' } });
  given(general, disputed)
    .when(narrowResponsibilityRule, { rule, from: day('2024-01-01'), into: [{ match: disputed.data.match }], reason }, needs)
    .thenRefused('responsibility.overlap');
});
