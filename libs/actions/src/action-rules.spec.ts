import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { given as givenFacts, stateAfter } from '#libs/testing';
import { head, on } from './action.given.js';
import { ActionRuleSet } from './action-rule.events.js';
import { actionRuleOn, actionRules, actionRulesId, DEFAULT_RULE } from './action-rules.js';
import { setActionRule } from './set-action-rule.js';

const asked = { ...on('2024-01-01', head), id: actionRulesId('stockholm') };
const limits = { responsibleMonths: 1, unitHeadMonths: 2, administrationHeadMonths: 3 };
const set = (validFrom: string, confirmDone = true) => ({ validFrom: day(validFrom), limits, confirmDone });
const fact = (validFrom: string, version: number, confirmDone = true) => event(ActionRuleSet, { ...set(validFrom, confirmDone), version });
const given = (...facts: readonly ReturnType<typeof fact>[]) => givenFacts(actionRules, ...facts);

test('until a municipality says otherwise it is three, six and twelve months, and nobody confirms', () => {
  expect(actionRuleOn({ status: 'none' }, day('2020-09-24'))).toEqual(DEFAULT_RULE);
  expect(DEFAULT_RULE).toMatchObject({ limits: { responsibleMonths: 3, unitHeadMonths: 6, administrationHeadMonths: 12 }, confirmDone: false });
});

test('a rule holds for what is decided from its first day on; of one day the last that was set holds', () => {
  given().when(setActionRule, set('2024-01-01'), asked).then(fact('2024-01-01', 1));
  const state = stateAfter(actionRules, [fact('2024-01-01', 1), fact('2025-01-01', 2, false), fact('2025-01-01', 3)], asked);
  expect(actionRuleOn(state, day('2023-12-31'))).toEqual(DEFAULT_RULE);
  expect(actionRuleOn(state, day('2024-12-31'))).toMatchObject({ version: 1, id: derivedId('fact', 0) });
  expect(actionRuleOn(state, day('2025-01-01'))).toMatchObject({ version: 3, confirmDone: true });
});

test('the same rule again says nothing new; another of the same day is the next version', () => {
  given(fact('2024-01-01', 1)).when(setActionRule, set('2024-01-01'), asked).thenNothing();
  given(fact('2024-01-01', 1))
    .when(setActionRule, set('2024-01-01', false), asked)
    .then(fact('2024-01-01', 2, false));
});

test('limits that do not ascend are refused as action-rule.not-ascending', () => {
  given()
    .when(setActionRule, { ...set('2024-01-01'), limits: { ...limits, unitHeadMonths: 0 } }, asked)
    .thenRefused('action-rule.not-ascending');
  given()
    .when(setActionRule, { ...set('2024-01-01'), limits: { ...limits, administrationHeadMonths: 1 } }, asked)
    .thenRefused('action-rule.not-ascending');
});

test('one that begins before another is refused as action-rule.later-one-set', () => {
  given(fact('2024-01-01', 1)).when(setActionRule, set('2023-12-31'), asked).thenRefused('action-rule.later-one-set');
});
